/** Settings of the farm: one item, read often, so each process keeps it for a few seconds. */
import type { Clock } from '../model/clock.ts';
import { type Configuration, readConfiguration } from '../model/configuration.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { absent, equals, type Item, type Table, type Value } from './table.ts';

/** The longest that a process works with old settings. */
const KEPT_MS = 5_000;

export function configurationStore(table: Table, clock: Clock) {
  const kept = new Kept<'configuration', Configuration>(clock, KEPT_MS);

  return {
    /** The settings, at most five seconds old. Pattern F1. */
    async get(): Promise<Configuration> {
      return (
        kept.get('configuration') ??
        kept.put('configuration', read(await table.get('farm', keys.configuration)))
      );
    },

    /** The settings as they are now, and the version to change them by. Pattern F1. */
    async getWithVersion(): Promise<{ configuration: Configuration; version: number }> {
      const item = await table.get('farm', keys.configuration, { consistent: true });
      return { configuration: read(item), version: Number(item?.['version'] ?? 0) };
    },

    /** Replaces the settings if nobody did meanwhile. */
    async replace(configuration: Configuration, seenVersion: number): Promise<boolean> {
      const item = {
        ...keys.configuration,
        ...(configuration as unknown as Record<string, Value>),
        version: seenVersion + 1,
      };
      const guard = seenVersion === 0 ? [absent('version')] : [equals('version', seenVersion)];
      const result = await table.put('farm', item, guard);
      if (result.applied) kept.delete('configuration');
      return result.applied;
    },
  };
}

export type ConfigurationStore = ReturnType<typeof configurationStore>;

function read(item: Item | undefined): Configuration {
  if (item === undefined) return readConfiguration({});
  const { pk: _pk, sk: _sk, version: _version, ...fields } = item;
  return readConfiguration(fields);
}
