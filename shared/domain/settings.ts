/** Changes of settings, for good and until the next soft restart. */
import type { Changes, Settings } from '../model/settings.ts';

/**
 * The settings with some changed. For good, a change takes the place of a temporary value too; otherwise it goes before
 * the permanent value until the next soft restart. Other temporary values stay.
 */
export function withChanges<Of extends object>(
  settings: Settings<Of>,
  changes: Changes<Of>,
  store: boolean,
): Settings<Of> {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<Of>;
  const permanent = store ? { ...settings.permanent, ...given } : settings.permanent;
  const temporary = Object.fromEntries(
    Object.entries({ ...settings.temporary, ...given }).filter(
      // Lists are the same by what is in them.
      ([name, value]) => JSON.stringify(permanent[name as keyof Of]) !== JSON.stringify(value),
    ),
  ) as Partial<Of>;
  return { ...settings, permanent, temporary };
}
