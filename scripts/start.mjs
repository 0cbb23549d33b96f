/** Builds and serves, in this one process, so that a signal to it reaches the server itself. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildOrExit } from './build.mjs';

const root = join(import.meta.dirname, '..');
const settings = join(root, '.env');

process.stdout.write('Bygger …\n');
await buildOrExit();
// What the environment says goes before the file.
if (existsSync(settings)) process.loadEnvFile(settings);
process.setSourceMapsEnabled(true);
await import('../dist/main.js');
