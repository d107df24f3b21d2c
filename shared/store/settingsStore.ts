/** Settings of one kind: one item, read often, so each process keeps what counts for a few seconds. */
import type { Clock } from '../model/clock.ts';
import { defaultConfiguration, type EffectiveConfiguration } from '../model/configuration.ts';
import { inEffect, type Settings } from '../model/settings.ts';
import { isoTime } from '../model/time.ts';
import { Kept } from './kept.ts';
import { putByVersion } from './replaceByVersion.ts';
import type { Item, Key, Table } from './table.ts';

/** The longest that a process works with old settings. */
export const SETTINGS_KEPT_SECONDS = 5;

const SETTINGS_KEPT_LONG_SECONDS = 600;

export function settingsStore<Of extends object>(table: Table, clock: Clock, key: Key, defaults: Of) {
  const kept = new Kept<'settings', Of>(clock, SETTINGS_KEPT_SECONDS * 1_000);
  const keptLong = new Kept<'settings', Of>(clock, SETTINGS_KEPT_LONG_SECONDS * 1_000);

  return {
    /** What counts, as it was at most five seconds ago. Pattern F1. Pattern F3. */
    async get(): Promise<Of> {
      return (
        kept.get('settings') ??
        kept.put('settings', inEffect(settingsOf(await table.get('farm', key), defaults)))
      );
    },

    /** What counts, as it was at most ten minutes ago: for what each minute asks and may come late. Pattern F1. */
    async getLate(): Promise<Of> {
      return keptLong.get('settings') ?? keptLong.put('settings', await this.get());
    },

    /** The settings as they are now. Pattern F1. Pattern F3. */
    async getSettings(): Promise<Settings<Of>> {
      return settingsOf(await table.get('farm', key, { consistent: true }), defaults);
    },

    /** Replaces the settings if nobody did since their version was read. */
    async replace(settings: Settings<Of>): Promise<boolean> {
      const { item, guard } = this.replacement(settings);
      const { applied } = await table.put('farm', item, guard);
      this.forget();
      return applied;
    },

    /** That replacement as a write of a transaction; who has made it forgets what was kept. */
    replacement({ permanent, temporary, version }: Settings<Of>) {
      const settings = { ...permanent, temporary, changedAt: isoTime(clock.now()) };
      return { kind: 'put', table: 'farm', ...putByVersion(key, settings, version) } as const;
    },

    /** Reads what counts anew when it is asked for next. */
    forget(): void {
      kept.delete('settings');
      keptLong.delete('settings');
    },
  };
}

export type SettingsStore<Of extends object> = ReturnType<typeof settingsStore<Of>>;

/** The settings in their item; those that it was kept without have their defaults. */
export function settingsOf<Of extends object>(item: Item | undefined, defaults: Of): Settings<Of> {
  const { pk: _pk, sk: _sk, version, temporary, changedAt: _c, ...permanent }: Partial<Item> = item ?? {};
  return {
    permanent: { ...defaults, ...(permanent as Partial<Of>) },
    temporary: (temporary ?? {}) as unknown as Partial<Of>,
    version: Number(version ?? 0),
  };
}

/** The settings of the farm that count by their item. */
export const configurationOf = (item: Item | undefined): EffectiveConfiguration =>
  inEffect(settingsOf(item, defaultConfiguration()));
