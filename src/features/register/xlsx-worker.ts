import { parentPort } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';
import type { Cell, XlsxMessage } from './xlsx-message.js';

/** The body of a worker thread: gathers rows, and makes a workbook of them at the end. */
const gathered: (readonly Cell[])[] = [];

async function workbook(sheet: string): Promise<ArrayBuffer> {
  const [head = [], ...rows] = gathered;
  const data = [
    head.map((value) => ({ value: String(value), type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) =>
      row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
    ),
  ];
  const file = await writeXlsxFile(data, {
    sheet,
    stickyRowsCount: 1,
    columns: head.map(() => ({ width: 20 })),
  }).toBuffer();
  return new Uint8Array(file).buffer;
}

parentPort?.on('message', (message: XlsxMessage) => {
  if ('rows' in message) gathered.push(...message.rows);
  else
    workbook(message.sheet).then(
      (file) => parentPort?.postMessage({ file }, [file]),
      (error: unknown) => parentPort?.postMessage({ error: String(error) }),
    );
});
