/** Starts or stops the selection engine. */
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

const TRIES = 5;

/** Swaps the status that the request first saw, so that a repeated request swaps once. */
export async function swapEngine(context: Context, once: Once): Promise<boolean> {
  const { value: running } = await once.reserve(
    async () => !(await context.configuration.getWithVersion()).configuration.engineRunning,
  );
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { configuration, version } = await context.configuration.getWithVersion();
    if (configuration.engineRunning === running) return running;
    if (await context.configuration.replace({ ...configuration, engineRunning: running }, version))
      return running;
  }
  throw new DispatcherError('conflict', { what: 'engine', id: 'status' });
}
