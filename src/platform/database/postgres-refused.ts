import { withoutPassword } from '../config/mask.js';
import { DatabaseRefused } from './database-refused.js';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

interface Place {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

function placeOf(url: string): Place {
  const { host, username, pathname } = new URL(url);
  return { host, user: decodeURIComponent(username), database: decodeURIComponent(pathname.slice(1)) };
}

/** What the address leaves out, and PostgreSQL then says in words that lead elsewhere. */
function lackOf(code: string, message: string, { host, user, database }: Place): string | null {
  if (code === '3D000' && database === '')
    return 'adressen nämner ingen databas: postgres://ANVÄNDARE:LÖSENORD@VÄRD/DATABAS';
  if (code === '28000' && user === '') return `adressen nämner ingen användare för PostgreSQL på ${host}`;
  if (/client password must be/.test(message))
    return `PostgreSQL på ${host} vill ha ett lösenord, och adressen har inget`;
  if (/does not support SSL/.test(message))
    return `PostgreSQL på ${host} har inte TLS, och adressen kräver det (sslmode)`;
  return null;
}

/** What PostgreSQL's answer, or its silence, means; by its code. */
function causeOf(code: string, message: string, { host, user, database }: Place): string {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return `ingen PostgreSQL svarar på ${host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `det finns ingen dator med namnet i ${host}`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `${host} går inte att nå`;
    case '28000':
      if (/no encryption/.test(message)) return `${host} kräver TLS: sätt ?sslmode=verify-full sist i adressen`;
      return `PostgreSQL på ${host} släpper inte in användaren ${user}: ${message}`;
    case '28P01':
      return `PostgreSQL på ${host} godtar inte användaren ${user} eller lösenordet`;
    case '3D000':
      return `databasen ${database} finns inte på ${host}; skapa den med CREATE DATABASE`;
    case '42501':
      return `användaren ${user} får inte skapa tabeller i databasen ${database}`;
    case '53300':
      return `PostgreSQL på ${host} tar inte emot fler anslutningar`;
    case '57P03':
      return `PostgreSQL på ${host} håller på att starta eller stanna`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_HAS_EXPIRED':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `certifikatet på ${host} går inte att lita på`;
    default:
      if (/timeout/i.test(message)) return `PostgreSQL på ${host} svarar inte i tid`;
      return `PostgreSQL på ${host}: ${message.replace(/\.$/, '')}`;
  }
}

/** The error as it is to be told to the one who starts the process: one line, the setting named, no password. */
export function postgresRefused(error: unknown, url: string): unknown {
  if (error instanceof DatabaseRefused) return error;
  const code = codeOf(error);
  const words = error instanceof Error ? withoutPassword(error.message) : '';
  const place = placeOf(url);
  const cause = lackOf(code, words, place) ?? causeOf(code, words, place);
  const message = `DATABASE_URL: ${cause}${code === '' ? '' : ` (${code})`}.`.replace(/\s+/g, ' ');
  return new DatabaseRefused('unreachable', message, { cause: error });
}
