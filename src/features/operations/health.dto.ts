import { z } from 'zod';

export const LiveView = z.object({ live: z.literal(true) }).meta({ id: 'Live' });
export type LiveView = z.infer<typeof LiveView>;

const part = z
  .looseObject({
    state: z.enum(['ok', 'degraded', 'failed']),
    reason: z.string().optional().describe('Ett ord om vad som är fel'),
  })
  .meta({ id: 'Part' });

export const ReadyView = z
  .object({
    ready: z.boolean().describe('Om begäran kan besvaras: databasen fungerar'),
    parts: z.object({ database: part, queue: part, mail: part, sweep: part, reminders: part, 'backup-drill': part }),
  })
  .meta({ id: 'Ready' });
