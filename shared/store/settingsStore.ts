/**
 * Settings of one kind, in one item: those that count now, and those that a soft restart comes back to. They differ
 * while somebody tries settings that they have not stored.
 */
import type { Clock } from '../model/clock.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { replaceByVersion } from './replaceByVersion.ts';
import type { Item, Table } from './table.ts';

/** The longest that a process works with old settings. */
const KEPT_MS = 5_000;

export interface KeptSettings<Settings> {
  readonly present: Settings;
  readonly stored: Settings;
  readonly version: number;
}

export function settingsStore<Settings extends object>(
  table: Table,
  clock: Clock,
  kind: Parameters<typeof keys.settings>[0],
  defaults: Settings,
) {
  const key = keys.settings(kind);
  const kept = new Kept<'settings', Settings>(clock, KEPT_MS);

  function settingsOf(item: Item | undefined): KeptSettings<Settings> {
    // What was kept before a field was added has its default.
    const settings = (field: string): Settings => ({ ...defaults, ...(item?.[field] as Partial<Settings>) });
    return {
      present: settings('present'),
      stored: settings('stored'),
      version: Number(item?.['version'] ?? 0),
    };
  }

  return {
    /** The settings that count, at most five seconds old. Pattern F3. */
    async get(): Promise<Settings> {
      return kept.get('settings') ?? kept.put('settings', settingsOf(await table.get('farm', key)).present);
    },

    /** The settings as they are now, and the version to change them by. Pattern F3. */
    async getWithVersion(): Promise<KeptSettings<Settings>> {
      return settingsOf(await table.get('farm', key, { consistent: true }));
    },

    /** Replaces the settings if nobody did meanwhile. */
    async replace(
      { present, stored }: Omit<KeptSettings<Settings>, 'version'>,
      seenVersion: number,
    ): Promise<boolean> {
      const isReplaced = await replaceByVersion(table, key, { present, stored }, seenVersion);
      kept.delete('settings');
      return isReplaced;
    },
  };
}

export type SettingsStore<Settings extends object> = ReturnType<typeof settingsStore<Settings>>;
