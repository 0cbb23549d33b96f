import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The encoding that the browser takes and that is smallest. */
export function encodingFor(acceptEncoding: string | string[] | undefined): Encoding | null {
  const accepted = [acceptEncoding ?? ''].flat().join(',').toLowerCase().split(',');
  const takes = (name: Encoding): boolean =>
    accepted.some((part) => new RegExp(`^\\s*${name}\\s*(?:;(?!\\s*q=0(?:\\.0*)?\\s*$)|$)`).test(part));
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : null;
}

/** Off the event loop. `quality` is that of the encoding: brotli 0 to 11, gzip 1 to 9. */
export function compressed(body: Buffer, encoding: Encoding, quality: number): Promise<Buffer> {
  if (encoding === 'gzip') return zip(body, { level: quality });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return brotli(body, { params });
}
