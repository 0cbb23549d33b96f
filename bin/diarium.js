#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const settings = join(root, '.env');

if (!existsSync(join(root, 'dist', 'cli.js'))) {
  process.stderr.write('Diarium är inte byggt än. Kör först: npm run build\n');
  process.exit(1);
}
// What the environment says goes before the file.
if (existsSync(settings)) process.loadEnvFile(settings);
await import('../dist/cli.js');
