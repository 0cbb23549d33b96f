import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { createLog } from '../../src/platform/log/log.js';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  write(createLog('debug', to));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log line', () => {
  it('is JSON with level, time, message and fields', () => {
    const [line] = logged((log) => log.child({ requestId: 'r-1' }).info('request', { status: 200 }));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      pid: process.pid,
      requestId: 'r-1',
      status: 200,
      msg: 'request',
    });
  });

  it('does not hold what must not be there, should it be handed over', () => {
    const [line] = logged((log) =>
      log.info('oops', {
        email: 'rut.registrator@example.se',
        title: 'Hemligt ärende',
        person: { name: 'Rut', token: 'diar_abc', personId: 'p-1' },
        authorization: 'Bearer diar_abc',
      }),
    );
    const text = JSON.stringify(line);
    expect(text).not.toMatch(/rut|Rut|Hemligt|diar_abc/);
    expect(text).toContain('p-1');
  });

  it('has an error with its stack, but not the values of its query nor any address', () => {
    const cause = new Error('refused by rut@example.se');
    const error = new QueryFailedError('UPDATE "person" SET "name" = ?', ['Rut Registrator'], cause);
    const [line] = logged((log) => log.error('a request failed', { err: error }));
    const text = JSON.stringify(line);
    expect(line?.['err']).toMatchObject({ type: 'QueryFailedError', stack: expect.any(String) });
    expect(text).not.toMatch(/Rut Registrator|rut@example/);
    expect(text).toContain('[address]');
  });
});
