import { z } from 'zod';
import { REMINDER_ABOUTS } from '../../domain/timetable/reminder-plan.js';

const text = z.string();
const instant = z.iso.datetime();
const person = z.strictObject({ name: text, email: text });

export const REMINDER_STATES = ['pending', 'claimed', 'sent', 'superseded', 'failed'] as const;

export const reminderView = z
  .strictObject({
    id: z.uuid(),
    about: z.enum(REMINDER_ABOUTS),
    date: z.iso.date().describe('Dagen som påminnelsen gäller'),
    offset: z.int().describe('Arbetsdagar från dagen, negativt före'),
    to: person.describe('Vars påminnelse det är'),
    standIns: z
      .array(person)
      .describe('De som får mejlet i stället när det går, om den påminda är borta den dagen eller har slutat då'),
    dueAt: instant,
    state: z.enum(REMINDER_STATES),
    changedAt: instant,
    mail: z
      .strictObject({
        state: z.enum(['claimed', 'sent', 'failed', 'dead']),
        to: person.describe('Vem som fick mejlet, med namn och adress som de var då'),
        instead: z.boolean().describe('Om det gick till en annan än den påminda, som var borta eller hade slutat'),
        messageId: text,
        attempts: z.int(),
        sentAt: instant.nullable(),
        nextAttemptAt: instant.nullable(),
        error: text.nullable().describe('Vad e-postservern senast svarade'),
      })
      .nullable(),
    sentAgain: z
      .array(
        z.strictObject({
          at: instant,
          by: text.describe('Vem som begärde det'),
          to: person,
          state: z.enum(['claimed', 'sent', 'failed', 'dead']),
          sentAt: instant.nullable(),
          error: text.nullable(),
        }),
      )
      .describe('När någon har skickat påminnelsen igen, äldst först'),
  })
  .meta({ id: 'Reminder' });

export type ReminderView = z.infer<typeof reminderView>;

export const remindersView = z.array(reminderView).meta({ id: 'Reminders' });

export const sentQuery = z.strictObject({
  state: z.enum(['sent', 'failed', 'claimed']).default('sent'),
  days: z.coerce.number().int().min(1).max(366).default(30).describe('Hur långt tillbaka'),
  board: z.string().min(1).max(12).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(2000).optional(),
});

export type SentQuery = z.infer<typeof sentQuery>;

const aboutReferral = z.strictObject({ id: z.uuid(), board: text, diarienummer: text, title: text.nullable() });

export const sentItem = reminderView.extend({ referral: aboutReferral }).meta({ id: 'SentReminder' });

export type SentItem = z.infer<typeof sentItem>;

export const sentPage = z
  .strictObject({ items: z.array(sentItem), next: text.nullable() })
  .meta({ id: 'SentReminders' });

export type SentPage = z.infer<typeof sentPage>;

/** Nothing is to be said: the reminder is named by its address. */
export const resendBody = z.strictObject({}).optional();

export const upcomingQuery = z.strictObject({
  days: z.coerce.number().int().min(0).max(366).default(14),
  board: z.string().min(1).max(12).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(2000).optional(),
});

export type UpcomingQuery = z.infer<typeof upcomingQuery>;

export const upcomingItem = z
  .strictObject({
    id: z.uuid(),
    dueAt: instant,
    to: person.describe('Vars påminnelse det är'),
    standIn: person
      .nullable()
      .describe('Den som får mejlet, när den påminda är borta den dagen eller har slutat då; flera ger en rad var'),
    referral: z.strictObject({ id: z.uuid(), board: text, diarienummer: text, title: text.nullable() }),
    about: z.enum(REMINDER_ABOUTS),
    date: z.iso.date(),
    offset: z.int(),
    what: text,
    why: text,
  })
  .meta({ id: 'UpcomingReminder' });

export type UpcomingItem = z.infer<typeof upcomingItem>;

export const upcomingPage = z
  .strictObject({ items: z.array(upcomingItem), next: text.nullable() })
  .meta({ id: 'UpcomingReminders' });

export type UpcomingPage = z.infer<typeof upcomingPage>;
