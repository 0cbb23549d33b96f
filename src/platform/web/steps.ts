/** The button that asked for more, of a form that asks before it does something: to confirm, or to go back and change. */
export const STEP_FIELD = 'steg';

export const STEPS = { confirm: 'bekrafta', change: 'andra' } as const;

/** Which button a form was sent with: null for its own, when nothing has been asked yet. */
export function stepIn(body: unknown): 'confirm' | 'change' | null {
  const sent: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, STEP_FIELD) : undefined;
  if (sent === STEPS.confirm) return 'confirm';
  return sent === STEPS.change ? 'change' : null;
}
