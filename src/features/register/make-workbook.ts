import { Worker } from 'node:worker_threads';
import { builtFile } from '../../platform/package-root.js';
import type { Cell, XlsxAnswer, XlsxMessage } from './xlsx-message.js';

const FILE = builtFile('xlsx-worker.js');
const MOST_MEMORY_MB = 512;

/** Makes a workbook with one sheet in a thread of its own. The first row is its headings. */
export async function makeWorkbook(
  sheet: string,
  slices: AsyncIterable<readonly (readonly Cell[])[]>,
): Promise<Buffer> {
  const worker = new Worker(FILE, { env: {}, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
  const tell = (message: XlsxMessage): void => worker.postMessage(message);
  try {
    const answer = new Promise<XlsxAnswer>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', () => reject(new Error('the thread that makes workbooks has ended')));
    });
    answer.catch(() => undefined);
    for await (const rows of slices) tell({ rows });
    tell({ sheet });
    const made = await answer;
    if ('error' in made) throw new Error(made.error);
    return Buffer.from(made.file);
  } finally {
    await worker.terminate();
  }
}
