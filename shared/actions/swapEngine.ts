/** Starts or stops the selection engine. */
import { changedConfiguration } from '../domain/configurationRules.ts';
import { DispatcherError } from '../errors.ts';
import { inEffect } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';
import { changeSettings } from './changeSettings.ts';
import type { Once } from './once.ts';

/** Swaps the status that the request first saw, for good, so that a repeated request swaps once. */
export async function swapEngine(context: Context, once: Once): Promise<boolean> {
  const { value: engineRunning } = await once.reserve(async () => {
    const configuration = inEffect(await context.configuration.getSettings());
    // It seems to be stopped; whoever wants it to run would stop it for the time after.
    if (configuration.importing !== null) throw new DispatcherError('queue-importing');
    return !configuration.engineRunning;
  });
  await changeSettings(context.configuration, { what: 'engine', id: 'status' }, (settings) =>
    inEffect(settings).engineRunning === engineRunning
      ? settings
      : changedConfiguration(settings, { engineRunning }, true),
  );
  return engineRunning;
}
