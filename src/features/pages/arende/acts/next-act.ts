import type { Act } from '../../../../domain/referral/lifecycle.js';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { beforeWords } from '../../../reminders/templates/short-words.js';
import { shortIn } from '../timeline/points.js';
import { howFar, inFull, type ReadOn } from '../words/days.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';

interface NextStepWords {
  readonly what: string;
  /** Who does it, for those who do not. */
  readonly who: string;
}

/** What is to be done next, by its name in the view. */
const NEXT: Readonly<Record<string, NextStepWords>> = {
  assign: { what: 'Fördela ärendet till en handläggare', who: 'Det gör en registrator eller avdelningschefen.' },
  'set-answer-date': { what: 'Ta reda på svarsdagen', who: 'Det gör en registrator, hos avsändaren.' },
  'choose-route': {
    what: 'Välj en väg till beslut i tid',
    who: 'Anstånd begär handläggaren, sammanträde väljer nämndsekreteraren, och annan väg en registrator.',
  },
  draft: { what: 'Utkastet till svar', who: 'Det skriver handläggaren.' },
  managerApproval: { what: 'Avdelningschefens attest', who: 'Den ger avdelningschefen.' },
  directorApproval: { what: 'Förvaltningschefens attest', who: 'Den ger förvaltningschefen.' },
  preparation: { what: 'Ordförandeberedning', who: 'Den håller nämndsekreteraren i.' },
  dispatch: { what: 'Kallelse och handlingar skickas ut', who: 'Det gör nämndsekreteraren.' },
  meeting: { what: 'Nämnden sammanträder', who: 'Nämndsekreteraren antecknar beslutet.' },
  decision: { what: 'Beslut', who: 'Nämndsekreteraren antecknar beslutet.' },
  adjustment: { what: 'Paragrafen justeras', who: 'Nämndsekreteraren antecknar det.' },
  notice: { what: 'Justeringen anslås', who: 'Det gör nämndsekreteraren.' },
  expedite: { what: 'Svaret skickas', who: 'Det gör handläggaren, registratorn eller nämndsekreteraren.' },
  close: { what: 'Avsluta ärendet', who: 'Det gör en registrator.' },
};

/** The meeting has been, and its decision is not recorded: as Bevakning calls it. */
const DECISION_UNRECORDED: NextStepWords = { what: 'Anteckna beslutet', who: 'Det gör nämndsekreteraren.' };

const SINCE = new Set(['assign', 'set-answer-date', 'choose-route']);

interface WhenWords {
  readonly text: string;
  readonly late: boolean;
}

/** By when the next step is to be done, since when it waits, or from when it can be done. */
export function whenWords(
  step: string,
  day: string,
  at: ReadOn,
  view: Pick<ReferralView, 'timetable' | 'registeredAt'>,
): WhenWords {
  const { today } = at;
  const short = shortIn(view, step, today);
  if (short !== null) {
    const text = `Så snart som möjligt, ${beforeWords(short, longDate)}. Enligt ledtiderna var dagen ${inFull(day)}, innan remissen var registrerad.`;
    return { text, late: false };
  }
  const said = `${inFull(day)}, ${howFar(day, at)}`;
  if (SINCE.has(step)) return { text: day === today ? 'Sedan i dag' : `Väntar sedan ${said}`, late: false };
  if (step === 'close') return { text: day < today ? 'Kan göras nu' : `Efter ${said}`, late: false };
  if (step === 'meeting' && day >= today) return { text: said.charAt(0).toUpperCase() + said.slice(1), late: false };
  if (step === 'meeting') return { text: `Sammanträdet hölls ${said}`, late: true };
  const late = day < today;
  return { text: `${late ? 'Skulle ha varit gjort' : 'Senast'} ${said}`, late };
}

export function nextStepWords({ step, on }: NonNullable<ReferralView['nextStep']>, today: LocalDate): NextStepWords {
  if (step === 'meeting' && on !== null && on < today) return DECISION_UNRECORDED;
  return NEXT[step] ?? { what: step, who: '' };
}

const ADJUSTING: Readonly<Record<string, Act>> = {
  decided: 'sign-adjustment',
  proposed: 'decide-adjustment',
  confirmed: 'decide-adjustment',
};

const ACT_OF_STEP: ReadonlyMap<string, Act> = new Map([
  ['assign', 'assign'],
  ['set-answer-date', 'correct'],
  ['choose-route', 'choose-route'],
  ['draft', 'draft-done'],
  ['managerApproval', 'approve-manager'],
  ['directorApproval', 'approve-director'],
  ['dispatch', 'dispatch'],
  ['meeting', 'record-decision'],
  ['decision', 'record-decision'],
  ['expedite', 'send-answer'],
  ['notice', 'post-notice'],
  ['close', 'close'],
]);

function actOfStep({ nextStep, adjustment }: ReferralView): Act | null {
  if (nextStep === null) return null;
  if (nextStep.step === 'adjustment') return ADJUSTING[adjustment?.status ?? ''] ?? 'record-ordinary-adjustment';
  return ACT_OF_STEP.get(nextStep.step) ?? null;
}

const dateOf = (view: ReferralView, name: string): string | null =>
  view.timetable.find(({ milestone }) => milestone === name)?.date ?? null;

const doneOf = (view: ReferralView, name: string): boolean =>
  (view.timetable.find(({ milestone }) => milestone === name)?.doneOn ?? null) !== null;

/** The act that the case waits for, when this person is the one to do it; else null. */
export function nextAct(view: ReferralView, today: LocalDate): Act | null {
  const act = actOfStep(view);
  if (act === null || !view.acts.includes(act)) return null;
  // Nobody decides before the meeting, nor closes before the time for appeal has gone out.
  const opens =
    act === 'record-decision' ? dateOf(view, 'meeting') : act === 'close' ? dateOf(view, 'appealEnds') : null;
  return opens !== null && opens > today ? null : act;
}

/** Acts that are as timely as the next one, for which the case need not wait. */
function timely(view: ReferralView, today: LocalDate): Act[] {
  const { adjustment, status, dormantSince } = view;
  const held = (view.meeting?.date ?? '9999') <= today;
  const appealEnds = dateOf(view, 'appealEnds');
  const now: readonly (readonly [Act, boolean])[] = [
    ['answer-extension', true],
    ['wake', dormantSince !== null],
    ['assign', status === 'registered'],
    ['start', status === 'assigned'],
    ['decide-adjustment', held && (adjustment?.status === 'proposed' || adjustment?.status === 'confirmed')],
    ['sign-adjustment', true],
    ['post-notice', true],
    ['take-down-notice', appealEnds !== null && appealEnds < today],
    ['close', status === 'expedited' && doneOf(view, 'notice') && appealEnds !== null && appealEnds < today],
  ];
  return now.filter(([act, is]) => is && view.acts.includes(act)).map(([act]) => act);
}

interface ActGroup {
  readonly title: string;
  readonly acts: readonly Act[];
}

const GROUPS: readonly ActGroup[] = [
  { title: 'Beredning', acts: ['assign', 'start', 'draft-done', 'approve-manager', 'approve-director'] },
  {
    title: 'Väg och tid',
    acts: [
      'choose-meeting', 'choose-route', 'confirm-adjustment', 'decline-adjustment', 'request-extension',
      'answer-extension',
    ],
  },
  {
    title: 'Sammanträde',
    acts: [
      'dispatch', 'record-decision', 'decide-adjustment', 'sign-adjustment', 'record-ordinary-adjustment',
      'post-notice', 'take-down-notice',
    ],
  },
  { title: 'Svar och avslut', acts: ['send-answer', 'close', 'reopen'] },
  {
    title: 'Uppgifter',
    acts: [
      'correct', 'correct-record', 'take-back-record', 'mark-secret', 'change-secrecy',
      'lift-secrecy', 'mark-dormant', 'wake', 'cancel',
    ],
  },
]; // prettier-ignore

/** What a person may do now: the one act to put first, those beside it, and the rest by what they are about. */
export interface OfferedActs {
  readonly next: Act | null;
  readonly beside: readonly Act[];
  readonly rest: readonly ActGroup[];
}

/** What is offered above the next step, where immediate adjustment waits for an answer. */
const ABOVE: readonly Act[] = ['confirm-adjustment', 'decline-adjustment'];

export function offeredActs(view: ReferralView, today: LocalDate): OfferedActs {
  const next = nextAct(view, today);
  const beside = timely(view, today).filter((act) => act !== next);
  const above = view.adjustment?.status === 'proposed' ? ABOVE : [];
  const shown = new Set<Act>([...(next === null ? [] : [next]), ...beside, ...above]);
  const rest = GROUPS.map(({ title, acts }) => ({
    title,
    acts: acts.filter((act) => view.acts.includes(act) && !shown.has(act)),
  })).filter(({ acts }) => acts.length > 0);
  return { next, beside, rest };
}
