import { existsSync, readFileSync } from 'node:fs';

/** What the suites of a run left in its file (`test/support/skipped.ts`): `program`, `kind`, `title`. */
export const skippedIn = (file) =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : []; // prettier-ignore

/** One line on what was skipped for want of which program, or `null` when nothing was. */
export function skippedLine(skipped, tests) {
  const programs = new Map();
  for (const { program, kind, title } of skipped) {
    const kinds = programs.get(program) ?? new Map();
    programs.set(program, kinds.set(kind, (kinds.get(kind) ?? new Set()).add(title)));
  }
  if (programs.size === 0) return tests === 0 ? null : `!!! SKIPPED: ${tests} tests, by themselves`;
  const counted = (kinds) => [...kinds].map(([kind, titles]) => `${kind} (${titles.size})`).join(', ');
  const lacks = [...programs].map(([program, kinds]) => `no ${program} on this machine, so not run: ${counted(kinds)}`);
  return `!!! SKIPPED ${tests} tests: ${lacks.join('; ')}`;
}
