import { z } from 'zod';
import { ROLES } from '../../domain/referral/permissions.js';

const date = z.iso.date();
const days = z.int();

const leadTimesView = z.object({
  draft: days,
  managerApproval: days,
  directorApproval: days,
  dispatch: days,
  expedite: days,
  ordinaryAdjustmentDays: days,
  preparation: days.nullable(),
});

const departmentView = z.object({
  code: z.string(),
  name: z.string(),
  manager: z.object({ name: z.string(), email: z.string() }).nullable(),
});

const meetingView = z.object({
  date,
  time: z.string().nullable().describe('Klockslag i Sverige, TT:MM'),
  place: z.string().nullable(),
  adjustmentOn: date.nullable().describe('Egen justeringsdag; annars den ordinarie'),
  dispatchOn: date.nullable().describe('Egen dag för utskick av kallelsen; annars enligt ledtiderna'),
  version: z.string().describe('Inom citattecken den ETag som kan skickas som If-Match när sammanträdet ändras'),
});

export const BoardView = z
  .object({
    code: z.string(),
    name: z.string(),
    administration: z.string().nullable(),
    numberPattern: z.string(),
    leadTimes: leadTimesView.describe('Arbetsdagar, utom ordinaryAdjustmentDays som är kalenderdagar'),
    closedDays: z.array(date),
    roles: z.array(z.enum(ROLES)).describe('Dina roller i nämnden i dag'),
    departments: z.array(departmentView),
    meetings: z.array(meetingView).describe('Sammanträden som inte är inställda, från ett år tillbaka'),
  })
  .meta({ id: 'Board' });

export const BoardsView = z.object({ items: z.array(BoardView) }).meta({ id: 'Boards' });

export type BoardView = z.infer<typeof BoardView>;
export type BoardsView = z.infer<typeof BoardsView>;
