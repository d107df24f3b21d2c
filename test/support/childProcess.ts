/** Programs of the tests that run as processes of their own, to be watched and killed. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface WatchedProcess {
  /** Lines of its output so far. */
  readonly lines: readonly string[];
  /** Resolves once the output satisfies the condition; rejects if the process ends before. */
  until(condition: (lines: readonly string[]) => boolean): Promise<void>;
  /** Kills it as `kill -9` does and resolves when it is gone and its output is read. */
  kill(): Promise<void>;
}

/** Starts a command; what it prints on its error output appears in ours. */
export function watchProcess(command: string, args: readonly string[]): WatchedProcess {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  reader.on('line', (line) => lines.push(line));
  return {
    lines,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!condition(lines)) return;
          reader.off('line', check);
          resolve();
        };
        reader.on('line', check);
        reader.once('close', () => reject(new Error(`the process ended after ${lines.length} lines`)));
        check();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
