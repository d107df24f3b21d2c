/** Starts and stops the dispatcher process that a scenario measures; each has a fresh one with an empty store. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '../client/src/client.ts';
import type { Configuration } from '../shared/model/configuration.ts';

export const BENCH_JOIN_TOKEN = 'join-token-of-the-bench';
const ADMIN_PASSWORD = 'password-of-the-bench';

/** What the dispatcher process has used so far. */
export interface Usage {
  /** The most that it held at once. */
  readonly rssMb: number;
  readonly cpuMs: number;
}

export interface Dispatcher {
  readonly url: string;
  readonly admin: Client;
  /** Token of `admin`. */
  readonly token: string;
  usage(): Promise<Usage>;
  /** Stops it and removes what it stored. Throws if it had logged an error, which no scenario provokes. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  /** Root of the source tree that it runs from. */
  readonly tree: string;
  /** @default 60, as EventBridge ticks */
  readonly tickSeconds?: number;
  /** Settings that differ from those of a new farm. */
  readonly configuration?: Partial<Configuration>;
  /** Options of Node beyond those of `npm start`, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** Of the tree itself: each revision knows how its settings are changed. */
const PROGRAM = join('bench', 'dispatcherMain.ts');
/** Where dispatchers run that have not been stopped, and what they stored. */
const running = new Map<ReturnType<typeof fork>, string>();

export async function startDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
  const { tree, tickSeconds = 60, configuration = {}, nodeOptions = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  const logPath = join(folder, 'log');
  const log = openSync(logPath, 'w');
  const settings = {
    adminPassword: ADMIN_PASSWORD,
    joinToken: BENCH_JOIN_TOKEN,
    tickSeconds,
    configuration,
  };
  const child = fork(join(tree, PROGRAM), [tree, join(folder, 'data'), JSON.stringify(settings)], {
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: [...startOptions(tree), ...nodeOptions],
  });
  closeSync(log);
  running.set(child, folder);
  const exited = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      exited.then(() => {
        throw new Error(`the dispatcher ended: ${readFileSync(logPath, 'utf8')}`);
      }),
    ]);
    return message;
  };
  const { url } = (await answer()) as { url: string };
  const { token } = await createClient({ url }).login({ name: 'admin', password: ADMIN_PASSWORD });
  return {
    url,
    token,
    admin: createClient({ url, token }),
    async usage() {
      const answered = answer();
      child.send('usage');
      return (await answered) as Usage;
    },
    async stop() {
      const logged = readFileSync(logPath, 'utf8');
      child.disconnect();
      await exited;
      running.delete(child);
      rmSync(folder, { recursive: true, force: true });
      if (logged.includes('"level":"error"')) throw new Error(`the dispatcher logged: ${logged}`);
    },
  };
}

/** Options that `npm start` gives to Node in a tree. */
function startOptions(tree: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** Ends every dispatcher that still runs, at once: for an interrupted bench. */
export function killDispatchers(): void {
  for (const [child, folder] of running) {
    child.kill('SIGKILL');
    // It may be writing its last.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
