/** Settings of the farm: one item, read often, so each process keeps it for a few seconds. */
import type { Clock } from '../model/clock.ts';
import {
  type Configuration,
  defaultConfiguration,
  type EffectiveConfiguration,
  inEffect,
  type Settings,
} from '../model/configuration.ts';
import { isoTime } from '../model/time.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { absent, equals, type Item, type Table, type Value } from './table.ts';

/** The longest that a process works with old settings. */
export const SETTINGS_KEPT_SECONDS = 5;

export function configurationStore(table: Table, clock: Clock) {
  const kept = new Kept<'configuration', EffectiveConfiguration>(clock, SETTINGS_KEPT_SECONDS * 1_000);

  return {
    /** What counts, as it was at most five seconds ago. Pattern F1. */
    async get(): Promise<EffectiveConfiguration> {
      return (
        kept.get('configuration') ??
        kept.put('configuration', inEffect(settingsOf(await table.get('farm', keys.configuration))))
      );
    },

    /** The settings as they are now. Pattern F1. */
    async getSettings(): Promise<Settings> {
      return settingsOf(await table.get('farm', keys.configuration, { consistent: true }));
    },

    /** Replaces the settings if nobody did since their version was read. */
    async replace({ permanent, temporary, revision, version }: Settings): Promise<boolean> {
      const item = {
        ...keys.configuration,
        ...(permanent as unknown as Record<string, Value>),
        temporary: temporary as unknown as Value,
        revision,
        changedAt: isoTime(clock.now()),
        version: version + 1,
      };
      const guard = version === 0 ? [absent('version')] : [equals('version', version)];
      const result = await table.put('farm', item, guard);
      if (result.applied) kept.delete('configuration');
      return result.applied;
    },
  };
}

export type ConfigurationStore = ReturnType<typeof configurationStore>;

/** The settings in their item; those of a farm that has kept none are the defaults. */
export function settingsOf(item: Item | undefined): Settings {
  const {
    pk: _pk,
    sk: _sk,
    version,
    temporary,
    revision,
    changedAt: _c,
    ...permanent
  }: Partial<Item> = item ?? {};
  return {
    permanent: { ...defaultConfiguration(), ...(permanent as Partial<Configuration>) },
    temporary: (temporary ?? {}) as unknown as Partial<Configuration>,
    revision: Number(revision ?? 0),
    version: Number(version ?? 0),
  };
}
