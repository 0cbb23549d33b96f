import { z } from 'zod';

/** For `@Param('id', UUID)`: an id of ours, or a problem that names the field. */
export const UUID = { schema: z.uuid() };
