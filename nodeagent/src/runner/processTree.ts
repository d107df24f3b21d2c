/**
 * A render process with all that it started. On POSIX it leads a process group of its own; on Linux also those are found
 * that left the group, as long as their parents lived when they were seen.
 */
import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { listProcesses, listThreads, type ProcessEntry } from './procfs.ts';

/** So long a process may take to end after it was asked to. */
const graceMs = 5_000;
const pollMs = 50;
/** A process in an uninterruptible call to a dead file server survives SIGKILL; we do not wait for that server. */
const mostWaitMs = 10_000;
/** Of looking for threads that were started meanwhile: a program that starts them for ever must not hold the agent up. */
const mostRounds = 10;

export class ProcessTree {
  /** Whether all could be ended; undefined if nobody asked for that. */
  ended: Promise<boolean> | undefined;
  readonly #root: number;
  /** Start times of members that were seen outside of the group, by pid. */
  readonly #strays = new Map<number, number>();

  constructor(root: number) {
    this.#root = root;
  }

  /** The members that run now, on Linux. */
  members(): ProcessEntry[] {
    const processes = listProcesses();
    const members = new Map<number, ProcessEntry>();
    const isMember = (entry: ProcessEntry): boolean =>
      entry.groupId === this.#root ||
      this.#strays.get(entry.pid) === entry.startTicks ||
      members.has(entry.parentId);
    // Children may be listed before their parents, hence rounds until nothing is added.
    for (let before = -1; before !== members.size; ) {
      before = members.size;
      for (const entry of processes) if (isMember(entry)) members.set(entry.pid, entry);
    }
    for (const entry of members.values()) {
      if (entry.groupId !== this.#root) this.#strays.set(entry.pid, entry.startTicks);
    }
    return [...members.values()].filter((entry) => !entry.isZombie);
  }

  /**
   * Sets the niceness of all members that are there; what they start later inherits it. Off Linux only the first process is
   * known, which is enough at its start. Gives back what was refused, undefined if nothing was.
   */
  setPriority(niceness: number): string | undefined {
    const reached = new Set<number>();
    let problem: string | undefined;
    // Whoever is started by one that has its niceness not yet, while we go through them, is found in the next round.
    for (let round = 0; round < mostRounds; round += 1) {
      const ids = this.#schedulable().filter((id) => !reached.has(id));
      if (ids.length === 0) break;
      for (const id of ids) {
        reached.add(id);
        try {
          setPriority(id, niceness);
        } catch (error) {
          const { info, message } = error as Error & { info?: { code?: string; message?: string } };
          // It ended meanwhile.
          if (info?.code !== 'ESRCH') problem = info?.message ?? message;
        }
      }
    }
    return problem;
  }

  /** Linux keeps a niceness for each thread, not for each process. */
  #schedulable(): number[] {
    if (process.platform !== 'linux') return [this.#root];
    return this.members().flatMap(({ pid }) => listThreads(pid));
  }

  isGone(): boolean {
    if (process.platform === 'linux') return this.members().length === 0;
    return !send(process.platform === 'win32' ? this.#root : -this.#root, 0);
  }

  /** Sends at once; whoever is gone already is gone. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (process.platform === 'win32') {
      const force = signal === 'SIGKILL' ? ['/F'] : [];
      spawnSync('taskkill', ['/T', ...force, '/PID', String(this.#root)], { windowsHide: true });
      return;
    }
    // Before the group is told: afterwards the strays would have no parents to be found by.
    const strays = this.members().filter((entry) => entry.groupId !== this.#root);
    send(-this.#root, signal);
    for (const { pid } of strays) send(pid, signal);
  }

  /** Asks all to end, kills those that do not, and waits until they are gone, once however often. Says whether they are. */
  end(): Promise<boolean> {
    this.ended ??= this.#end();
    return this.ended;
  }

  async #end(): Promise<boolean> {
    this.signal('SIGTERM');
    if (await this.#goneWithin(graceMs)) return true;
    this.signal('SIGKILL');
    return this.#goneWithin(mostWaitMs);
  }

  async #goneWithin(milliseconds: number): Promise<boolean> {
    const until = performance.now() + milliseconds;
    while (!this.isGone()) {
      if (performance.now() > until) return false;
      await delay(pollMs);
    }
    return true;
  }
}

/** Whether the process, or group if negative, was there. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return false;
    // It belongs to somebody else, a set-user-id program for one: it is there, and we cannot end it.
    if (code === 'EPERM') return true;
    throw error;
  }
}
