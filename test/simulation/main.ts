/** `npm run simulate`: runs seeds, and shows the ones that break a rule as small as they can be made. */
import { parseArgs } from 'node:util';
import { allFaults, type FaultKind } from './faults.ts';
import { runSeeds } from './inThreads.ts';
import { minimize } from './minimize.ts';
import { runSeed } from './run.ts';
import type { SeedReport } from './worker.ts';

const help = `Simulates small farms in virtual time, one a seed, with everything that can go wrong.

  --seeds N      how many seeds to run (200)
  --seed S       the first of them (1); with --seeds left out, that one alone
  --nodes N      nodes of each farm, instead of as many as the seed draws
  --faults A,B   only these kinds of faults; "none" for none
                 (${allFaults.join(', ')})
  --trace        prints what happened in the seed of --seed
  --json         one line at the end: seeds, violations, chunkLivesPerSecond and more

A run that is interrupted says with which seed to go on.
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    nodes: { type: 'string' },
    faults: { type: 'string' },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Failing seeds that are made small; the others are only named. */
const MOST_MINIMIZED = 3;

const numberOf = (name: 'seeds' | 'seed' | 'nodes', least: number): number | undefined => {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new RangeError(`--${name} must be a whole number from ${least} on, not ${text}`);
};

function faultsOf(text: string | undefined): readonly FaultKind[] | undefined {
  if (text === undefined) return undefined;
  const names = text === 'none' ? [] : text.split(',');
  const unknown = names.find((name) => !(allFaults as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new RangeError(`--faults knows no ${unknown}; it knows ${allFaults.join(', ')}`);
  return names as FaultKind[];
}

async function simulate(): Promise<number> {
  const from = numberOf('seed', 0) ?? 1;
  const count = numberOf('seeds', 1) ?? (values.seed === undefined ? 200 : 1);
  const nodes = numberOf('nodes', 1);
  const faults = faultsOf(values.faults);
  const options = { ...(nodes !== undefined && { nodes }), ...(faults !== undefined && { faults }) };
  if (values.trace) {
    const { trace, violation } = await runSeed({ ...options, seed: from, isTraced: true });
    console.log(trace.join('\n'));
    return violation === undefined ? 0 : 1;
  }

  const begun = performance.now();
  const violations: SeedReport[] = [];
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  let seeds = 0;
  let chunkLives = 0;
  let putAside = 0;
  let processorMs = 0;
  let slowestMs = 0;
  const done = new Set<number>();
  const tell = progress(count);
  await runSeeds(
    { from, until: from + count, nodes, faults, mutant: undefined, stopsAtViolation: false },
    (report) => {
      seeds += 1;
      chunkLives += report.chunkLives;
      processorMs += report.milliseconds;
      slowestMs = Math.max(slowestMs, report.milliseconds);
      if (report.wasPutAside) putAside += 1;
      done.add(report.seed);
      if (report.violation !== undefined) violations.push(report);
      tell(seeds, violations.length);
    },
    stop.signal,
  );
  tell.end();
  const seconds = (performance.now() - begun) / 1_000;

  violations.sort((a, b) => a.seed - b.seed);
  for (const { seed, violation } of values.json ? [] : violations)
    console.log(`seed ${seed}: ${violation?.message}`);
  for (const { seed } of values.json ? [] : violations.slice(0, MOST_MINIMIZED)) {
    const failed = await runSeed({ ...options, seed });
    const minimal = await minimize({ ...options, seed }, failed);
    console.log(`\nseed ${seed}, as small as it gets:`);
    console.log(
      `  npm run simulate -- --seed ${seed} --faults ${minimal.faults.join(',') || 'none'} --trace`,
    );
    for (const line of minimal.trace) console.log(`  ${line}`);
  }
  const summary = {
    seeds,
    violations: violations.length,
    failingSeeds: violations.map(({ seed }) => seed),
    putAside,
    chunkLives,
    chunkLivesPerSecond: Math.round(chunkLives / seconds),
    millisecondsPerSeed: Number(((seconds * 1_000) / Math.max(1, seeds)).toFixed(1)),
    processorMillisecondsPerSeed: Number((processorMs / Math.max(1, seeds)).toFixed(1)),
    slowestSeedMilliseconds: Math.round(slowestMs),
    seconds: Number(seconds.toFixed(1)),
  };
  if (values.json) console.log(JSON.stringify(summary));
  else {
    console.log(
      `${seeds} seeds, ${violations.length} violations, ${chunkLives} chunk lives in ${summary.seconds} s (${summary.chunkLivesPerSecond} a second)`,
    );
  }
  if (stop.signal.aborted) {
    let next = from;
    while (done.has(next)) next += 1;
    console.error(`interrupted; go on with --seed ${next} --seeds ${from + count - next}`);
    return 130;
  }
  return violations.length === 0 ? 0 : 1;
}

/** A line that counts, where somebody looks at it. */
function progress(count: number) {
  const isShown = process.stderr.isTTY && !values.json;
  let shownAt = 0;
  const tell = (seeds: number, violations: number): void => {
    if (!isShown || performance.now() - shownAt < 200) return;
    shownAt = performance.now();
    process.stderr.write(`\r${seeds} of ${count} seeds, ${violations} violations `);
  };
  tell.end = (): void => void (isShown && process.stderr.write('\r\x1b[K'));
  return tell;
}

try {
  if (values.help) console.log(help);
  else process.exitCode = await simulate();
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
