/**
 * Writes every generated file; with `--check` writes nothing and fails if one is out of date.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Measured, measureBudgets } from '../test/support/measureBudgets.ts';
import { startFarm } from '../test/support/startFarm.ts';
import { makeBill, standardQuestion } from './cost/bill.ts';
import { costPage } from './cost/page.ts';
import { clientSource } from './generate/client.ts';
import { cliManual } from './generate/cliManual.ts';
import { cliOperationsSource } from './generate/cliOperations.ts';
import { cliPage } from './generate/cliPage.ts';
import {
  apiPages,
  budgets,
  consoleEventsPage,
  errors,
  logPage,
  notice,
  stateMachines,
} from './generate/docs.ts';
import { infrastructurePage } from './generate/infrastructure.ts';
import { liveSource } from './generate/liveTypes.ts';
import { openApi } from './generate/openapi.ts';
import { parityPage } from './generate/parity.ts';
import { pythonFiles } from './generate/python.ts';

const root = join(import.meta.dirname, '..');

const description = openApi();
const files: Record<string, string> = {
  'openapi.json': `${JSON.stringify(description, null, 2)}\n`,
  'client/src/generated.ts': format('client.ts', clientSource(description) + liveSource()),
  'cli/src/generated.ts': format('generated.ts', cliOperationsSource(description)),
  'cli/rollcall.1': cliManual(),
  'docs/state-machines.md': stateMachines(),
  'docs/errors.md': errors(),
  'docs/log-events.md': logPage(),
  'docs/console-events.md': consoleEventsPage(),
  'docs/budgets.md': budgets(await measureOnce()),
  'docs/infrastructure.md': await infrastructurePage(),
  'docs/cost.md': `${notice}\n# What it costs\n\n${costPage(await makeBill(standardQuestion, () => {}))}\n`,
  ...apiPages(description),
  ...(await pythonFiles(description)),
  'docs/parity.md': parityPage(),
  // Last: the rest of the page is written by hand, maybe at this moment.
  'docs/cli.md': cliPage(readFileSync(join(root, 'docs/cli.md'), 'utf8')),
};

const stale: string[] = [];
for (const [path, text] of Object.entries(files)) {
  const target = join(root, path);
  if (text === read(target)) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; run \`npm run generate\` and commit the result`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'generated files are up to date' : `written: ${stale.join(', ')}`);

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function format(name: string, text: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${name}`], {
    input: text,
    encoding: 'utf8',
    cwd: root,
  });
}

/** Counts the budgets on a farm in this process. */
async function measureOnce(): Promise<Measured[]> {
  const endings: (() => unknown)[] = [];
  const farm = await startFarm({
    after: (end) => endings.push(end as () => unknown),
    diagnostic: console.error,
  });
  try {
    return await measureBudgets(farm, [1_000, 1_000_000]);
  } finally {
    for (const end of endings) await end();
  }
}
