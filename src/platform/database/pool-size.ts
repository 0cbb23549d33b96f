/** Connections of one process to PostgreSQL, unless `DATABASE_POOL` says another number. */
export const POOL_SIZE = 10;
