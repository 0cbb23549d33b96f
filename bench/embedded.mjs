import { ms, rate, ratio } from './figures.mjs';
import { registerAndList } from './register-and-list.mjs';
import { reminders } from './reminders.mjs';
import { search } from './search.mjs';
import { seeded } from './seed.mjs';

async function requests(seed, size, { seconds, turns, add }) {
  const measured = await registerAndList(seed, { seconds, turns });
  let list = 0;
  for (const { work, connections, ours, raw } of measured.rows) {
    const name = `${work}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
    const told = `${rate(ours.perSecond)} (p50 ${ours.p50} ms, p99 ${ours.p99} ms)`;
    add(name, size, told, rate(raw.perSecond), ratio(ours.perSecond, raw.perSecond), 'at least 0.5');
    if (work.startsWith('list') && connections === 1) list = 1000 / ours.perSecond;
  }
  return { list, measured };
}

async function searches(seed, size, { seconds, add }) {
  const { p50, p95, beside, alone } = await search(seed, { seconds });
  add('search, 20 hits, p95', size, `${ms(p95)} (p50 ${ms(p50)})`, '', '', 'under 20 ms at 1,000,000');
  const kept = ratio(beside.perSecond, alone.perSecond);
  const name = 'list beside 40 searches a second';
  add(name, size, rate(beside.perSecond), rate(alone.perSecond), kept, 'at least 0.75');
}

async function once(seed, size, { firstAnswerMs, idleMb }, { add }) {
  add('cold start to the first answer', size, ms(firstAnswerMs), '', '', 'under 1,500 ms');
  add('idle memory (PSS)', size, `${idleMb.toFixed(0)} MB`, '', '', 'under 150 MB');
  const { ours, raw } = await reminders(seed);
  const [fast, bare] = [ours, raw].map(({ mails, seconds }) => mails / seconds);
  add('10,000 due reminders by SMTP', size, rate(fast), rate(bare), ratio(fast, bare), 'at least 0.6');
}

/** One process with SQLite and the embedded queue. */
export const embedded = {
  name: 'embedded',
  title: 'SQLite and the embedded queue',
  engine: 'sqlite',
  baseline: `Baseline: bare Fastify and better-sqlite3 in one synchronous transaction that writes the same rows with the same
durability, bare pooled nodemailer, or the list alone.`,
  lacks: () => null,
  async run(options) {
    const lists = [];
    for (const size of options.sizes) {
      const seed = await seeded(options.seeds, size);
      const { list, measured } = await requests(seed, size, options);
      lists.push(list);
      await searches(seed, size, options);
      if (size === options.sizes[0]) await once(seed, size, measured, options);
    }
    if (lists.length < 2) return;
    const [from, to] = [options.sizes[0], options.sizes.at(-1)];
    const name = `time of a list, ${to.toLocaleString('en')} against ${from.toLocaleString('en')}`;
    options.add(name, to, `${ratio(lists.at(-1), lists[0])} times`, '', '', 'at most 2 times');
  },
};
