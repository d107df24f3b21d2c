/** Shares seeds among the processors of this machine. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Order, SeedReport } from './worker.ts';

/** Runs seeds and tells of each; resolves when all have run, or all that may still run after a violation or a stop. */
export async function runSeeds(
  order: Omit<Order, 'step'>,
  onReport: (report: SeedReport) => void,
  signal?: AbortSignal,
): Promise<void> {
  const threads = Math.max(1, Math.min(availableParallelism(), order.until - order.from));
  await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      runThread({ ...order, from: order.from + thread, step: threads }, onReport, signal),
    ),
  );
}

/** Runs an order in one thread. */
export function runThread(
  order: Order,
  onReport: (report: SeedReport) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
    const stop = (): void => void worker.terminate();
    signal?.addEventListener('abort', stop);
    worker.on('message', onReport);
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
  });
}
