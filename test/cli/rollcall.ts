/** The real command line as a process of its own, as somebody who has never logged in and has no terminal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { ADMIN_PASSWORD } from '../support/aUser.ts';

const main = join(import.meta.dirname, '../../cli/src/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of standard output. */
  readonly lines: readonly string[];
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves once its output so far satisfies the condition; rejects if it ends before. */
  until(condition: (stdout: string) => boolean): Promise<void>;
  /** The same of a text on standard error. */
  untilNoted(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface Rollcall {
  /** Below which it keeps what it keeps. */
  readonly config: string;
  /** Runs one command to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Starts one that goes on for a while. */
  start(args: readonly string[], options?: RunOptions): Running;
  /** Parses what a command answers with --json; a command that fails fails the test. */
  json(args: readonly string[]): Promise<unknown>;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command line with a configuration folder of its own. */
export function aRollcall(t: TestContext, env: Readonly<Record<string, string>> = {}): Rollcall {
  const config = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  t.after(() => rmSync(config, { recursive: true, force: true }));
  const start = (args: readonly string[], options: RunOptions = {}): Running => {
    const running = launch(args, {
      PATH: process.env['PATH'] ?? '',
      HOME: config,
      XDG_CONFIG_HOME: config,
      TZ: 'UTC',
      ...env,
      ...options.env,
    });
    running.process.stdin?.end(options.input ?? '');
    t.after(() => running.process.kill('SIGKILL'));
    return running;
  };
  const run = (args: readonly string[], options?: RunOptions): Promise<Ended> => start(args, options).ended;
  return {
    config,
    start,
    run,
    async json(args) {
      const { code, stdout, stderr } = await run([...args, '--json']);
      if (code !== 0) throw new Error(`rollcall ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
  };
}

/** One that is logged in as admin. */
export async function aLoggedInRollcall(t: TestContext, url: string): Promise<Rollcall> {
  const rollcall = aRollcall(t);
  const { code, stderr } = await rollcall.run(['login', 'admin', '--url', url], {
    env: { ROLLCALL_PASSWORD: ADMIN_PASSWORD },
  });
  if (code !== 0) throw new Error(stderr);
  return rollcall;
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  // A command that fails before it reads its input closes it.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stdout, stderr, lines: stdout.split('\n').slice(0, -1) });
    });
  });
  const seen = (stream: Readable, isThere: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (!isThere()) return;
        stream.off('data', check);
        resolve();
      };
      stream.on('data', check);
      child.once('close', (code) => reject(new Error(`it ended with ${code} before: ${stdout}${stderr}`)));
      check();
    });
  return {
    process: child,
    ended,
    until: (condition) => seen(child.stdout, () => condition(stdout)),
    untilNoted: (text) => seen(child.stderr, () => stderr.includes(text)),
  };
}
