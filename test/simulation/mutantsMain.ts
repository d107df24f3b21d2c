/** `npm run simulate:mutants`: runs seeds with each deliberate defect until one catches it. */
import { parseArgs } from 'node:util';
import { runSeeds } from './inThreads.ts';
import { mutants } from './mutants.ts';
import type { SeedReport } from './worker.ts';

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '500' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const most = Number(values.seeds);
const chosen = mutants.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const unknown = positionals.find((name) => !mutants.some((mutant) => mutant.name === name));
if (unknown !== undefined || !Number.isInteger(most) || most < 1) {
  console.error(
    unknown === undefined
      ? `--seeds must be a whole number, not ${values.seeds}`
      : `there is no mutant ${unknown}`,
  );
  process.exit(2);
}

const survivors: string[] = [];
const results: { mutant: string; rule: string; caughtBySeed: number | null; caughtByRule: string | null }[] =
  [];
for (const { name, rule, faults } of chosen) {
  let caught: SeedReport | undefined;
  const stop = new AbortController();
  await runSeeds(
    { from: 1, until: 1 + most, nodes: undefined, faults, mutant: name, stopsAtViolation: true },
    (report) => {
      if (report.violation === undefined) return;
      caught ??= report;
      stop.abort();
    },
    stop.signal,
  );
  if (caught === undefined) survivors.push(name);
  results.push({
    mutant: name,
    rule,
    caughtBySeed: caught?.seed ?? null,
    caughtByRule: caught?.violation?.rule ?? null,
  });
  if (!values.json) {
    const verdict = caught === undefined ? 'SURVIVED' : `seed ${caught.seed}: ${caught.violation?.rule}`;
    console.log(`${name.padEnd(32)} ${verdict}`);
  }
}
if (values.json) console.log(JSON.stringify({ mutants: results.length, survivors, results }));
else
  console.log(
    `${results.length} mutants, ${survivors.length} survived${survivors.length > 0 ? `: ${survivors.join(', ')}` : ''}`,
  );
process.exitCode = survivors.length === 0 ? 0 : 1;
