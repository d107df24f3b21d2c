import { isDeepStrictEqual } from 'node:util';
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { SettingsStore } from '../store/settingsStore.ts';

const TRIES = 5;

interface SettingsChange<Settings> {
  readonly what: string;
  readonly changes: { readonly [F in keyof Settings]?: Settings[F] | undefined };
  /** Field that names the secret which belongs to the settings. */
  readonly secretField: keyof Settings & string;
  /** A new one; null for none; left out, it stays. */
  readonly secret: string | null | undefined;
  /** False holds until the next soft restart. */
  readonly store: boolean;
  readonly assertUsable: (after: Settings) => void | Promise<void>;
}

/**
 * Changes settings that have a secret. The secret is kept under a new name before the settings name it, and forgotten once
 * they do not, so settings never name one that is another's or is not there. A kill in between leaves a secret that nothing
 * names.
 */
export async function changeSettings<Settings extends object>(
  context: Context,
  settings: SettingsStore<Settings>,
  { what, changes, secretField, secret, store, assertUsable }: SettingsChange<Settings>,
): Promise<void> {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const name = typeof secret === 'string' ? context.newToken() : null;
  let isAdded = false;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { present, stored, version } = await settings.getWithVersion();
    const after: Settings = {
      ...present,
      ...given,
      ...(secret === undefined ? {} : { [secretField]: name }),
    };
    await assertUsable(after);
    if (typeof secret === 'string' && name !== null && !isAdded) {
      await context.secrets.add(name, secret);
      isAdded = true;
    }
    const next = { present: after, stored: store ? after : stored };
    if (await settings.replace(next, version)) {
      const named = new Set([next.present, next.stored].map((one) => one[secretField]));
      await forget(
        context,
        [present, stored].map((one) => one[secretField]).filter((one) => !named.has(one)),
      );
      return;
    }
  }
  await forget(context, [name]);
  throw new DispatcherError('conflict', { what, id: 'settings' });
}

/** Lets what is stored count again, as a soft restart does. Whoever changes it meanwhile has the last word. */
export async function dropTrial<Settings extends object>(
  context: Context,
  settings: SettingsStore<Settings>,
  secretField: keyof Settings & string,
): Promise<void> {
  const { present, stored, version } = await settings.getWithVersion();
  if (isDeepStrictEqual(present, stored)) return;
  const isDropped = await settings.replace({ present: stored, stored }, version);
  if (isDropped && present[secretField] !== stored[secretField])
    await forget(context, [present[secretField]]);
}

async function forget(context: Context, names: readonly unknown[]): Promise<void> {
  for (const name of new Set(names)) if (typeof name === 'string') await context.secrets.remove(name);
}
