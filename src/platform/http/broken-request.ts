import type { Socket } from 'node:net';
import { REQUEST_TEXTS } from '../problem/texts.js';

const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what is no HTTP request at all, on the bare connection, and closes it. @param headers what every answer carries */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const statusLine = STATUS_LINES[error.code ?? ''] ?? '400 Bad Request';
  const code = statusLine.startsWith('408') ? 'request-timeout' : 'bad-request';
  const { title, detail } = REQUEST_TEXTS[code].sv;
  const body = JSON.stringify({ type: `/problems/${code}`, title, status: Number(statusLine.slice(0, 3)), detail });
  const head = [
    `HTTP/1.1 ${statusLine}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
