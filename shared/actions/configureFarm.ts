/** Changes the settings of the farm. */
import { changedConfiguration } from '../domain/configurationRules.ts';
import { DispatcherError } from '../errors.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Changes } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';

export interface ConfigurationChanges extends Changes<Configuration> {
  /** Of the settings that the caller has seen. */
  readonly version: number;
}

/**
 * Answers with the version that the settings have now. Settings that are as wished already are left alone whatever
 * version the caller saw, so a request that was cut off may come again.
 */
export async function configureFarm(
  context: Context,
  { version, ...changes }: ConfigurationChanges,
  store: boolean,
): Promise<number> {
  // On demand: it would take a millisecond of each start.
  const { isDeepStrictEqual } = await import('node:util');
  const settings = await context.configuration.getSettings();
  const next = changedConfiguration(settings, changes, store);
  if (isDeepStrictEqual(next, settings)) return settings.version;
  if (settings.version === version && (await context.configuration.replace(next))) return version + 1;
  throw new DispatcherError('conflict', { what: 'configuration', id: version });
}
