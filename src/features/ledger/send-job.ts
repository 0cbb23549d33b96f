/** The job that sends what is due without waiting for the next sweep; also its key. */
export const SEND_DUE_REMINDERS = 'send-due-reminders';
