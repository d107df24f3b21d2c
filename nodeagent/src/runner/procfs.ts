/** What Linux tells about processes. On other systems there is nothing to read, and the callers do with less. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parentId: number;
  readonly groupId: number;
  /** Ended, but its parent has not asked for its exit code: it runs no more and cannot be killed. */
  readonly isZombie: boolean;
  /** Since boot; together with the pid it names a process for good. */
  readonly startTicks: number;
  /** Processor time of its own. */
  readonly ownSeconds: number;
  /** Processor time of all children that it has waited for, and of those that they have waited for. */
  readonly endedChildrenSeconds: number;
  readonly memoryMb: number;
}

/** All processes that can be seen; empty where there is no `/proc`. */
export function listProcesses(): ProcessEntry[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => findProcess(Number(name)))
    .filter((entry) => entry !== undefined);
}

export function findProcess(pid: number | 'self'): ProcessEntry | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // It ended since its folder was listed.
    return undefined;
  }
  // The name of the program stands in parentheses and may hold anything, parentheses and blanks too.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const number = (index: number): number => Number(fields[index]);
  return {
    pid: Number.parseInt(line, 10),
    parentId: number(1),
    groupId: number(2),
    isZombie: fields[0] === 'Z' || fields[0] === 'X',
    startTicks: number(19),
    ownSeconds: (number(11) + number(12)) / units().ticksPerSecond,
    endedChildrenSeconds: (number(13) + number(14)) / units().ticksPerSecond,
    memoryMb: (number(21) * units().pageBytes) / 2 ** 20,
  };
}

/** Ids of the threads of a process; none if it has ended. */
export function listThreads(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    // It ended since it was listed.
    return [];
  }
}

let known: { readonly pageBytes: number; readonly ticksPerSecond: number } | undefined;

/** The kernel hands its units to each process in the auxiliary vector: pairs of a key and a value. */
function units(): { readonly pageBytes: number; readonly ticksPerSecond: number } {
  if (known !== undefined) return known;
  const vector = readFileSync('/proc/self/auxv');
  const values = new Map<number, number>();
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    values.set(Number(vector.readBigUInt64LE(at)), Number(vector.readBigUInt64LE(at + 8)));
  }
  known = { pageBytes: values.get(6) ?? 4_096, ticksPerSecond: values.get(17) ?? 100 };
  return known;
}
