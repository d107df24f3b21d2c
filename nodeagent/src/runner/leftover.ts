/**
 * The note of the running render, so that an agent that starts after one that was killed ends the render that was left
 * over before it takes work: two renders of one frame would write the same file.
 *
 * The note is written before the process is started, since nobody could write it if the agent were killed right after.
 * It holds a random mark that the render has in its environment: on Linux that is how it is found. On other POSIX systems
 * it is found by its number and start time, which are added once they are known; on Windows it is not found.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unfinished } from '../files.ts';
import { ProcessTree } from './processTree.ts';
import { listProcesses } from './procfs.ts';

/** Variable in the environment of a render, and through it of all that it starts. */
export const markVariable = 'ROLLCALL_RUN';

interface Note {
  readonly mark: string;
  readonly process?: { readonly pid: number; readonly startedAt: string };
}

const noteFile = (folder: string): string => join(folder, 'running.json');

/**
 * Notes that a render is about to start and gives back its mark. It is not forced to disk: a loss of power ends the render
 * too. Throws if it cannot be written.
 */
export function noteRunning(folder: string): string {
  const mark = randomUUID();
  writeNote(folder, { mark });
  return mark;
}

/** Adds what is known of the process, where that is needed. Throws if it cannot be written. */
export function noteProcess(folder: string, mark: string, pid: number): void {
  const startedAt = startTime(pid);
  if (startedAt !== undefined) writeNote(folder, { mark, process: { pid, startedAt } });
}

export function forgetRunning(folder: string): void {
  rmSync(noteFile(folder), { force: true });
}

/** Ends a render that an earlier agent left running. */
export async function endLeftover(folder: string, say: (line: string) => void): Promise<void> {
  const note = readNote(folder);
  const groups = note === undefined ? [] : groupsOf(note);
  if (groups.length > 0) say(`ends a render that an earlier agent left running, group ${groups.join(', ')}`);
  const gone = await Promise.all(groups.map((group) => new ProcessTree(group).end()));
  if (gone.includes(false)) say('some process of that render cannot be ended');
  forgetRunning(folder);
}

function writeNote(folder: string, note: Note): void {
  const draft = noteFile(folder) + unfinished;
  writeFileSync(draft, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  renameSync(draft, noteFile(folder));
}

function readNote(folder: string): Note | undefined {
  try {
    const note = JSON.parse(readFileSync(noteFile(folder), 'utf8')) as Note;
    return typeof note.mark === 'string' && note.mark !== '' ? note : undefined;
  } catch {
    // None, or not ours: there is nothing to go by.
    return undefined;
  }
}

/** The process groups of a render. A group is the render's or was made by something it started, so it holds nothing else. */
function groupsOf({ mark, process: noted }: Note): number[] {
  if (process.platform === 'linux') {
    const marked = listProcesses().filter(({ pid, isZombie }) => !isZombie && hasMark(pid, mark));
    return [...new Set(marked.map(({ groupId }) => groupId))];
  }
  if (noted === undefined || startTime(noted.pid) !== noted.startedAt) return [];
  return [noted.pid];
}

function hasMark(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${markVariable}=${mark}\0`);
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return false;
  }
}

/** Tells a process from a later one with the same number, on POSIX systems other than Linux. */
function startTime(pid: number): string | undefined {
  if (process.platform === 'linux' || process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // `ps` exits with 1 when there is no such process.
    return undefined;
  }
}
