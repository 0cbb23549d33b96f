export type Engine = 'sqlite' | 'postgres';

/** The engine of a suite that asks for none: PostgreSQL in the second pass of `npm test`, else SQLite. */
export const testEngine = (): Engine => (process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite');
