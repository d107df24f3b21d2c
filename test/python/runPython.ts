/** Scripts of the tests, in Python processes of their own with the package on their path. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';

/** The one folder that scripts need on their path. */
export const packageFolder = join(import.meta.dirname, '..', '..', 'python', 'src');

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end; it sees only what is given of our environment. */
export function runProgram(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1', ...environment };
  return new Promise((resolve) => {
    const child = execFile(program, words, { env, timeout: 120_000 }, (_error, output, errors) =>
      resolve({ code: child.exitCode ?? -1, output, errors }),
    );
  });
}

/** Runs a script; gives what it printed. A script that does not end well fails the test with its own words. */
export async function runPython(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, output, errors } = await runProgram('python3', ['-c', script], {
    PYTHONPATH: packageFolder,
    ...environment,
  });
  assert.equal(code, 0, `${errors}\n${output}`);
  return output;
}

/** Runs a script that prints one line of JSON. */
export const askPython = async (
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> => JSON.parse(await runPython(`import json\n${script}`, environment));

/** Whether a command of Python ends well here. */
const canRun = (...words: readonly string[]): boolean => spawnSync('python3', words).status === 0;

/** A test that needs Python and some of its modules: skipped by name without, but required where `CI` is `true`. */
export function itWithPython(
  sentence: string,
  run: (t: TestContext) => Promise<void>,
  modules: readonly string[] = [],
): void {
  const missing = ['sys', ...modules].filter((module) => !canRun('-c', `import ${module}`));
  const reason = missing.includes('sys') ? 'no python3' : `python3 has no ${missing.join(', ')}`;
  if (missing.length === 0) it(sentence, run);
  else if (process.env['CI'] === 'true' && missing.includes('sys')) it(sentence, () => assert.fail(reason));
  else it(sentence, { skip: reason });
}
