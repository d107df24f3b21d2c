/**
 * The note of the running render, so that an agent that starts after one that was killed ends the render that was left
 * over before it takes work: two renders of one frame would write the same file.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unfinished } from '../files.ts';
import { ProcessTree } from './processTree.ts';
import { bootId, listProcesses, processMark } from './procfs.ts';

interface Note {
  /** Root of the process tree, and number of its group on POSIX. */
  readonly pid: number;
  /** Tells the process from a later one with the same number. */
  readonly mark: string;
  readonly startedAt: string;
}

const noteFile = (folder: string): string => join(folder, 'running.json');

/**
 * Throws if the note cannot be written. It is not forced to disk: a loss of power ends the render too, and until the note is
 * there a render that is left over is not found, so this has to be quick.
 */
export function noteRunning(folder: string, pid: number): void {
  const note: Note = { pid, mark: markOf(pid) ?? '', startedAt: new Date().toISOString() };
  const draft = noteFile(folder) + unfinished;
  writeFileSync(draft, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  renameSync(draft, noteFile(folder));
}

export function forgetRunning(folder: string): void {
  rmSync(noteFile(folder), { force: true });
}

/** Ends a render that an earlier agent left running. Says what it did. */
export async function endLeftover(folder: string, say: (line: string) => void): Promise<void> {
  const note = readNote(folder);
  if (note !== undefined && isStillRunning(note)) {
    say(`ends a render that an earlier agent left running, process ${note.pid}`);
    if (!(await new ProcessTree(note.pid).end())) say(`process ${note.pid} cannot be ended`);
  }
  forgetRunning(folder);
}

function readNote(folder: string): Note | undefined {
  try {
    const note = JSON.parse(readFileSync(noteFile(folder), 'utf8')) as Note;
    return Number.isInteger(note.pid) && note.pid > 1 ? note : undefined;
  } catch {
    // None, or one that a full disk broke: there is nothing to go by.
    return undefined;
  }
}

function isStillRunning({ pid, mark }: Note): boolean {
  const present = markOf(pid);
  if (present !== undefined) return present === mark && mark !== '';
  // The root is gone. While members of its group live, the kernel gives its number to nobody else.
  if (process.platform !== 'linux' || !mark.startsWith(bootId())) return false;
  return listProcesses().some((entry) => entry.groupId === pid && !entry.isZombie);
}

/** On Windows there is no cheap way to know; a render that was left over there ends by itself. */
function markOf(pid: number): string | undefined {
  if (process.platform === 'linux') return processMark(pid);
  if (process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    // `ps` exits with 1 when there is no such process.
    return undefined;
  }
}
