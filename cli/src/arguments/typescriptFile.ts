/** Files of TypeScript for the dispatcher: Node strips their types and tells what they export, as the dispatcher will load them. */
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineDefinition } from '../../../client/src/generated.ts';
import { usageError } from '../failure.ts';
import { readText } from './inputFile.ts';

export interface TypescriptFile {
  /** Name of the file. */
  readonly file: string;
  /** Its text, without types. */
  readonly source: string;
  readonly definition: EngineDefinition | null;
  /** Names of its hooks. */
  readonly hooks: readonly string[];
  /** Whether it exports a function by default. */
  readonly isScript: boolean;
}

/** The program that runs such files, and what this loads. */
const runner = ['hookRunner.ts', 'client.ts', 'generated.ts'].map((name) =>
  fileURLToPath(new URL(`../../../client/src/${name}`, import.meta.url)),
);
/** A file that does not load in this time waits for something. */
const patienceMs = 60_000;

export async function readTypescriptFile(path: string): Promise<TypescriptFile> {
  const file = basename(path);
  const source = await readText(path);
  const { error, status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--permission',
      ...runner.map((name) => `--allow-fs-read=${name}`),
      '--disable-warning=ExperimentalWarning',
      runner[0] as string,
    ],
    {
      encoding: 'utf8',
      input: `${JSON.stringify({ id: 1, work: 'describe', file, source })}\n`,
      timeout: patienceMs,
      killSignal: 'SIGKILL',
      env: {},
      windowsHide: true,
    },
  );
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT')
    throw usageError(`${file} was not loaded within ${patienceMs / 1_000} seconds`);
  if (error !== undefined) throw usageError(`${file} cannot be loaded: ${error.message}`);
  if (status !== 0 || stdout === '') {
    const last = stderr.trim().split('\n').at(-1);
    throw usageError(`${file} ended the process that loaded it (${signal ?? status}): ${last}`);
  }
  const { value, error: mistake } = JSON.parse(stdout) as {
    readonly value?: Omit<TypescriptFile, 'file'>;
    readonly error?: string;
  };
  if (value === undefined) throw usageError(`${file} cannot be loaded: ${mistake}`);
  return { file, ...value };
}
