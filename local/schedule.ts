/** Ticks on time. A tick that takes longer than its interval is not overtaken by the next. */
import type { Logger } from '../shared/observe/logger.ts';
import type { Timer } from './gateway/timer.ts';

export interface ScheduleOptions {
  readonly run: () => Promise<unknown>;
  readonly seconds: number;
  readonly timer: Timer;
  readonly logger: Logger;
}

export interface Schedule {
  /** Waits for the tick that runs and starts no other. */
  stop(): Promise<void>;
}

export function startSchedule({ run, seconds, timer, logger }: ScheduleOptions): Schedule {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let cancel = (): void => {};
  const next = (): void => {
    if (!isStopped) cancel = timer.after(seconds * 1_000, begin);
  };
  const begin = (): void => {
    running = run()
      .then(() => {})
      .catch((error: unknown) => logger.log('duty-failed', { duty: 'tick' }, error))
      .finally(next);
  };
  next();
  return {
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
