/**
 * How long each bundle takes to start from cold, against a bundle with nothing but a DynamoDB client: the processor time
 * to import it in a fresh process, all in one run, one after the other in each round, so that a busy machine is as unfair
 * to one as to the other. `--json` for machines, `--rounds N` for more than 21 rounds.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { functionNames } from '../infra/access.ts';
import { bundleFunctions, bundleOptions } from '../infra/bundles.ts';
import { blobsVariable, mailboxVariables, queueVariables, tableVariables } from '../shared/runtime/env.ts';

/** A bundle should start within this many times of the bare client. */
const WANTED = 1.3;

const BARE = 'bare DynamoDB client';
const bareSource = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = (Key) => client.send(new GetItemCommand({ TableName: 'table', Key }));
`;
const measure = `
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1_000);
`;

const {
  values: { json, rounds },
} = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '21' } } });

const directory = mkdtempSync(join(tmpdir(), 'rollcall-bench-start-'));
try {
  const bytes = await bundleFunctions(directory);
  const bareBytes = await bundleBareClient(join(directory, 'bare'));
  const files = new Map([
    [BARE, join(directory, 'bare', 'index.mjs')],
    ...functionNames.map((name): [string, string] => [name, join(directory, name, 'index.mjs')]),
  ]);
  const times = new Map([...files.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const [name, file] of files) times.get(name)?.push(importTime(file));
  }
  const bare = quartile(times.get(BARE) ?? []);
  report(
    [...times].map(([name, measured]) => ({
      name,
      bytes: name === BARE ? bareBytes : bytes[name as keyof typeof bytes],
      milliseconds: quartile(measured),
      ratio: quartile(measured) / bare,
    })),
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Made as the functions are. */
async function bundleBareClient(outdir: string): Promise<number> {
  await build({
    ...bundleOptions,
    stdin: { contents: bareSource, resolveDir: join(import.meta.dirname, '..', 'shared'), loader: 'js' },
    outdir,
    entryNames: 'index',
  });
  return statSync(join(outdir, 'index.mjs')).size;
}

/** Milliseconds of processor time that a fresh process takes to import a file, with every variable of a function set. */
function importTime(file: string): number {
  const names = [tableVariables, queueVariables, mailboxVariables].flatMap((group) => Object.values(group));
  const variables = Object.fromEntries(
    [...names, blobsVariable].map((name) => [name, 'https://example.com/']),
  );
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', measure, file], {
    env: {
      ...variables,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    },
    encoding: 'utf8',
  });
  return Number(output);
}

/** The lower quartile: whatever else the machine does only ever adds to a time. */
function quartile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)] ?? Number.NaN;
}

interface Start {
  readonly name: string;
  readonly bytes: number;
  readonly milliseconds: number;
  /** To the bare client. */
  readonly ratio: number;
}

function report(starts: readonly Start[]): void {
  const slow = starts.filter(({ ratio }) => ratio > WANTED);
  if (json) {
    console.log(JSON.stringify({ wanted: WANTED, rounds: Number(rounds), starts }));
    return;
  }
  for (const { name, bytes, milliseconds, ratio } of starts) {
    const cells = [
      name.padEnd(22),
      `${Math.round(bytes / 1_000)} KB`.padStart(7),
      `${milliseconds.toFixed(0)} ms`.padStart(8),
      `${ratio.toFixed(2)} ×`.padStart(8),
    ];
    console.log(cells.join(''));
  }
  console.log(
    `\n${slow.length} of ${starts.length - 1} functions take more than ${WANTED} × the bare client.`,
  );
}
