import { DispatcherError } from '../errors.ts';
import type { Settings } from '../model/settings.ts';
import type { SettingsStore } from '../store/settingsStore.ts';

const TRIES = 5;

/**
 * Changes settings to what `decide` makes of them, and answers with both; settings that are so already are left alone.
 * Whoever else changes them meanwhile is seen: it is decided again, five times at most, then `conflict`.
 */
export async function changeSettings<Of extends object>(
  store: SettingsStore<Of>,
  contested: { readonly what: string; readonly id: string },
  decide: (before: Settings<Of>) => Settings<Of> | Promise<Settings<Of>>,
): Promise<{ readonly before: Settings<Of>; readonly after: Settings<Of> }> {
  // On demand: it would take a millisecond of each start.
  const { isDeepStrictEqual } = await import('node:util');
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await store.getSettings();
    const after = await decide(before);
    if (isDeepStrictEqual(after, before) || (await store.replace(after))) return { before, after };
  }
  throw new DispatcherError('conflict', contested);
}
