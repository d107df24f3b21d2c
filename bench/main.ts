/** `npm run bench`: how fast the dispatcher is on this machine, over real HTTP, with every write on disk. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killDispatchers } from './dispatcher.ts';
import { checkOut, thisTree } from './otherRevision.ts';
import { type Results, type Scenario, scenarios } from './scenarios.ts';
import { comparisonTable, resultTables } from './table.ts';

const USAGE = `npm run bench -- [--json] [--only NAME…] [--compare REVISION] [--rounds N]
              [--profile FOLDER]

  --json              prints one JSON object instead of tables
  --only NAME         measures this scenario alone; may be given several times
  --compare REVISION  measures each throughput scenario in turn here and at that revision of the repository
  --profile FOLDER    writes a CPU profile of each dispatcher into a folder
  --rounds N          how often each is measured; 1, or 3 when comparing

Scenarios:
${scenarios.map(({ name, text }) => `  ${name.padEnd(18)}  ${text}`).join('\n')}`;

/** Not measured unless it is asked for: it tells nothing. */
const UNASKED = 'tiny';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killDispatchers();
    process.exit(130);
  });
}
try {
  await main();
  // What is left are idle sockets of HTTP clients.
  process.exit(0);
} catch (error) {
  killDispatchers();
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      compare: { type: 'string' },
      rounds: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { compare, json, profile } = values;
  const nodeOptions = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`];
  const chosen = choose([...values.only, ...positionals]);
  const rounds = roundsOf(values.rounds ?? (compare === undefined ? '1' : '3'));
  if (compare === undefined) {
    const results = await measure(chosen, rounds, [thisTree], nodeOptions);
    console.log(json ? JSON.stringify(results[0], null, 2) : resultTables(results[0] as Results));
    return;
  }
  const compared = chosen.filter(({ isThroughput }) => isThroughput);
  const [ours, theirs] = await measure(compared, rounds, [thisTree, checkOut(compare)], nodeOptions);
  if (ours === undefined || theirs === undefined) throw new Error('nothing was measured');
  console.log(
    json
      ? JSON.stringify({ here: ours, [compare]: theirs }, null, 2)
      : comparisonTable(compare, ours.scenarios, theirs.scenarios),
  );
}

function choose(names: readonly string[]): readonly Scenario[] {
  const unknown = names.find((name) => scenarios.every((scenario) => scenario.name !== name));
  if (unknown !== undefined) {
    const known = scenarios.map(({ name }) => name).join(', ');
    throw new Error(`there is no scenario ${unknown}; there are ${known}`);
  }
  return scenarios.filter(({ name }) => (names.length === 0 ? name !== UNASKED : names.includes(name)));
}

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) {
    throw new Error(`--rounds ${text} must be a number from 1 to 20`);
  }
  return rounds;
}

/** Measures each scenario so many times in each tree, turn by turn; answers with the results of each tree. */
async function measure(
  chosen: readonly Scenario[],
  rounds: number,
  trees: readonly string[],
  nodeOptions: readonly string[],
): Promise<readonly Results[]> {
  const results: Results[] = trees.map(() => ({ scenarios: [], wakeUps: [], losses: [] }));
  const total = chosen.length * rounds * trees.length;
  let done = 0;
  for (const scenario of chosen) {
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, tree] of trees.entries()) {
        done += 1;
        say(`${done}/${total} ${scenario.name}: ${scenario.text}`);
        await scenario.run(results[index] as Results, { tree, nodeOptions });
      }
    }
  }
  return results;
}

/** Progress goes to the error output, so that `--json` can be piped. */
function say(text: string): void {
  console.error(text);
}
