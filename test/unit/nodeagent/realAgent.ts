/** The agent as a process of its own, for one test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aFolder } from '../../support/folders.ts';

const main = fileURLToPath(new URL('../../../nodeagent/src/main.ts', import.meta.url));
export const joinToken = 'join-me-very-secret';

export interface Agent {
  readonly process: ChildProcess;
  readonly data: string;
  log(): string;
  /** Exit code, once it has ended. */
  ended(): Promise<number | null>;
}

/** Starts it; it is ended with the test. */
export function startAgent(
  test: TestContext,
  url: string,
  words: string[] = [],
  data = join(aFolder(test), 'data'),
  environment: NodeJS.ProcessEnv = process.env,
): Agent {
  const child = spawn(process.execPath, [main, '--data', data, '--name', 'render-1', ...words], {
    env: { ...environment, ROLLCALL_URL: url, ROLLCALL_JOIN_TOKEN: joinToken },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  test.after(() => {
    child.kill('SIGKILL');
    test.diagnostic(log);
  });
  child.stderr.on('data', (bytes: Buffer) => {
    log += bytes.toString();
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { process: child, data, log: () => log, ended: () => closed };
}
