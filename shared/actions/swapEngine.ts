/** Starts or stops the selection engine. */
import { changeSettings } from '../domain/settings.ts';
import { DispatcherError } from '../errors.ts';
import { inEffect } from '../model/configuration.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

const TRIES = 5;

/** Swaps the status that the request first saw, for good, so that a repeated request swaps once. */
export async function swapEngine(context: Context, once: Once): Promise<boolean> {
  const { value: running } = await once.reserve(
    async () => !inEffect(await context.configuration.getSettings()).engineRunning,
  );
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const settings = await context.configuration.getSettings();
    if (inEffect(settings).engineRunning === running) return running;
    if (await context.configuration.replace(changeSettings(settings, { engineRunning: running }, true)))
      return running;
  }
  throw new DispatcherError('conflict', { what: 'engine', id: 'status' });
}
