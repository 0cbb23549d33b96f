import type { MilestoneName } from '../../../../domain/timetable/milestones.js';

interface MilestoneWords {
  /** Below its day in the drawing. */
  readonly short: string;
  /** In lists. */
  readonly name: string;
  /** Once it has been done. */
  readonly done: string;
  /** The rule in one sentence. */
  readonly why: string;
}

export const MILESTONE_WORDS: Record<MilestoneName, MilestoneWords> = {
  draft: {
    short: 'Utkast',
    name: 'Utkastet till svar klart',
    done: 'Klart',
    why: 'Nämnden har bestämt hur lång tid attest och utskick behöver före ett sammanträde. Det är ingen lag, och ledtiderna kan ändras.',
  },
  managerApproval: {
    short: 'Avdelningschef',
    name: 'Avdelningschefens attest',
    done: 'Attesterat',
    why: 'Avdelningschefen läser före förvaltningschefen, så att båda hinner före utskicket. Ledtiden är nämndens egen.',
  },
  directorApproval: {
    short: 'Förvaltningschef',
    name: 'Förvaltningschefens attest',
    done: 'Attesterat',
    why: 'Förvaltningschefen svarar för det utkast som går till nämnden. Ledtiden är nämndens egen.',
  },
  preparation: {
    short: 'Beredning',
    name: 'Ordförandeberedning',
    done: 'Hållen',
    why: 'Nämnden har valt att gå igenom ärendena före utskicket. Ledtiden är nämndens egen.',
  },
  dispatch: {
    short: 'Utskick',
    name: 'Kallelse och handlingar skickas ut',
    done: 'Utskickat',
    why: 'Ledamöterna ska hinna läsa. Det som inte är med i utskicket kommer inte med på sammanträdet.',
  },
  meeting: {
    short: 'Nämnd',
    name: 'Nämnden sammanträder',
    done: 'Beslutat',
    why: 'Nämnden bestämmer själv när den sammanträder, och ska göra det också när ordföranden finner att det behövs (KL 6 kap. 23 §).',
  },
  decision: {
    short: 'Beslut',
    name: 'Beslut',
    done: 'Beslutat',
    why: 'Den som beslutar i nämndens ställe gör det i tid för att svaret ska hinna fram (KL 6 kap. 37 och 39 §§).',
  },
  adjustment: {
    short: 'Justering',
    name: 'Paragrafen justerad',
    done: 'Justerad',
    why: 'Protokollet ska justeras senast fjorton dagar efter sammanträdet (KL 5 kap. 69 §). En paragraf som brådskar justeras genast vid mötet.',
  },
  notice: {
    short: 'Anslag',
    name: 'Justeringen anslagen',
    done: 'Anslagen',
    why: 'Senast andra dagen efter justeringen ska det anslås var protokollet finns (KL 8 kap. 12 §). Infaller dagen på en helg gäller nästa vardag (lag 1930:173).',
  },
  expedite: {
    short: 'Expediering',
    name: 'Svaret skickas',
    done: 'Skickat',
    why: 'Svaret går helst när paragrafen är justerad, men får gå så snart beslutet är fattat. Det behöver inte vänta på laga kraft (KL 13 kap. 14 §).',
  },
  answerDue: {
    short: 'Svar senast',
    name: 'Svaret ska vara inne',
    done: 'Svarat',
    why: 'Dagen är satt av avsändaren och flyttas aldrig av oss; bara avsändaren kan ge anstånd.',
  },
  appealEnds: {
    short: 'Överklagandetid ut',
    name: 'Överklagandetiden går ut',
    done: 'Gått ut',
    why: 'Beslutet kan överklagas i tre veckor från den dag då justeringen anslogs (KL 13 kap. 5 §). Överklagas det inte vinner det laga kraft dagen efter.',
  },
};
