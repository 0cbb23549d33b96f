import type { DemoDays } from './demo-days.js';

export const DEMO_BOARD = 'EÅV';

/** Made-up people. What they do is their name. */
export const DEMO_PEOPLE = {
  rut: 'rut.registrator@example.se',
  hanna: 'hanna.handlaggare@example.se',
  hugo: 'hugo.handlaggare@example.se',
  cesar: 'cesar.chef@example.se',
  maja: 'maja.chef@example.se',
  disa: 'disa.direktor@example.se',
  sixten: 'sixten.sekreterare@example.se',
  lena: 'lena.lasare@example.se',
  sven: 'sven.systemforvaltare@example.se',
} as const;

export type DemoPerson = keyof typeof DEMO_PEOPLE;

const person = (key: DemoPerson, name: string, title: string, department: string | null, role: string) => ({
  email: DEMO_PEOPLE[key],
  name,
  title,
  department: department === null ? null : `${DEMO_BOARD}/${department}`,
  roles: { [DEMO_BOARD]: [role] },
});

/** An organisation file, as `diarium setup` takes it. */
export function demoOrganisation(days: DemoDays): object {
  return {
    boards: [
      {
        code: DEMO_BOARD,
        name: 'Enskede-Årsta-Vantörs stadsdelsnämnd',
        administration: 'Enskede-Årsta-Vantörs stadsdelsförvaltning',
        closedDays: [...days.closed],
        departments: [
          { code: 'HR', name: 'Avdelning HR och utveckling', manager: DEMO_PEOPLE.cesar },
          { code: 'SM', name: 'Avdelning stadsmiljö', manager: DEMO_PEOPLE.maja },
        ],
        meetings: days.meetings().map((date) => ({
          date,
          time: '18:00',
          place: 'Slakthusplan 8, sal Årsta',
          ...(date === days.meeting(0) ? { dispatchOn: days.agendaSentOn } : {}),
        })),
      },
    ],
    people: [
      person('rut', 'Rut Registrator', 'registrator', null, 'registrar'),
      person('hanna', 'Hanna Handläggare', 'utredare', 'HR', 'officer'),
      person('hugo', 'Hugo Handläggare', 'stadsmiljöplanerare', 'SM', 'officer'),
      person('cesar', 'Cesar Chef', 'avdelningschef', 'HR', 'manager'),
      person('maja', 'Maja Chef', 'avdelningschef', 'SM', 'manager'),
      person('disa', 'Disa Direktör', 'stadsdelsdirektör', null, 'director'),
      person('sixten', 'Sixten Sekreterare', 'nämndsekreterare', null, 'secretary'),
      person('lena', 'Lena Läsare', 'kommunikatör', null, 'reader'),
      person('sven', 'Sven Systemförvaltare', 'systemförvaltare', null, 'admin'),
    ],
  };
}
