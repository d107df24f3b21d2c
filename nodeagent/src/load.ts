/** What the machine does now. */
import { statfs } from 'node:fs/promises';
import { cpus, freemem } from 'node:os';
import type { Machine } from './ports.ts';

/** Measures processor load between one call and the next; the first time, since it was made. */
export function loadMeter(dataFolder: string): Machine['load'] {
  let before = processorTimes();
  return async () => {
    const now = processorTimes();
    const total = now.total - before.total;
    const cpu = total > 0 ? (100 * (total - (now.idle - before.idle))) / total : 0;
    before = now;
    return {
      cpu: Math.min(100, Math.max(0, Math.round(cpu * 10) / 10)),
      freeMemoryMb: Math.floor(freemem() / 2 ** 20),
      freeDiskMb: await freeDiskMb(dataFolder),
    };
  };
}

function processorTimes(): { readonly idle: number; readonly total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, total };
}

async function freeDiskMb(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / 2 ** 20);
  } catch {
    // A file system that does not answer must not stop the heartbeat.
    return 0;
  }
}
