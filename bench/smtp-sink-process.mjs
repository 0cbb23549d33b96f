import { fromTestSupport } from './test-support.mjs';

/** The tests' fast mail server, as a process of its own: it prints its port, and its count when asked on its input. */
const { startFastSmtpSink } = await fromTestSupport('fast-smtp-sink');
const sink = await startFastSmtpSink();
process.stdout.write(`${sink.port}\n`);
process.stdin.on('data', () => {
  const doubled = [...sink.counts.values()].filter((times) => times > 1).length;
  process.stdout.write(`${JSON.stringify({ total: sink.total, doubled })}\n`);
  sink.clear();
});
