/** Questions to the person at the terminal. They go to standard error: standard output is for answers. */
import { exitCodes } from './exitCodes.ts';
import { usageError } from './failure.ts';

/** Whether there is anybody to ask. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** One line, without its end; empty if nothing was typed. The terminal edits it, and Ctrl-C is a signal as ever. */
export function askLine(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setEncoding('utf8');
  return new Promise((resolve) => {
    let typed = '';
    // Not by iterating: that would close the input, and a password may be asked for next.
    const end = (): void => {
      stdin.off('data', read);
      stdin.off('end', end);
      stdin.pause();
      resolve(typed.split(/\r?\n/)[0] ?? '');
    };
    const read = (text: string): void => {
      typed += text;
      if (typed.includes('\n')) end();
    };
    stdin.on('data', read);
    stdin.on('end', end);
    stdin.resume();
  });
}

/** Only a clear yes is one. */
export async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await askLine(`${question} [y/N] `)).trim());
}

/** One line that is not shown while it is typed. */
export function askSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!canAsk())
    throw usageError('there is no terminal to ask for the password on; give it by --password-stdin');
  stderr.write(question);
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve) => {
    let typed = '';
    const end = (): void => {
      stdin.off('data', read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const read = (text: string): void => {
      for (const key of text) {
        if (key === '\r' || key === '\n' || key === '\u{04}') {
          end();
          resolve(typed);
          return;
        }
        // Without its echo the terminal does not turn Ctrl-C into a signal either.
        if (key === '\u{03}') {
          end();
          process.exit(exitCodes.interrupted);
        }
        if (key === '\u{7F}' || key === '\b') typed = [...typed].slice(0, -1).join('');
        else if (key === '\u{15}') typed = '';
        else typed += key;
      }
    };
    stdin.on('data', read);
  });
}

/** All of standard input. */
export async function readInput(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const part of process.stdin) text += part;
  return text;
}
