import { withChanges } from '../domain/settings.ts';
import { DispatcherError } from '../errors.ts';
import { type Changes, inEffect, type Settings } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';
import type { SettingsStore } from '../store/settingsStore.ts';
import { changeSettings } from './changeSettings.ts';

/** Settings that have a secret, which is kept elsewhere. */
interface SettingsWithSecret<Of extends object> {
  readonly what: string;
  readonly settings: SettingsStore<Of>;
  /** Field that names the secret. */
  readonly secretField: keyof Of & string;
}

export const ldapSettings = ({ ldapSettings: settings }: Context) =>
  ({ what: 'LDAP configuration', settings, secretField: 'bindSecret' }) as const;

export const oidcSettings = ({ oidcSettings: settings }: Context) =>
  ({ what: 'OIDC configuration', settings, secretField: 'clientSecretName' }) as const;

interface DirectoryChange<Of> {
  readonly changes: Changes<Of>;
  /** A new one; null for none; left out, it stays. */
  readonly secret: string | null | undefined;
  /** False holds until the next soft restart. */
  readonly store: boolean;
  readonly assertUsable: (after: Of) => void | Promise<void>;
}

/**
 * Changes settings that have a secret. The secret is kept under a new name before the settings name it, and forgotten once
 * they do not, so settings never name one that is another's or is not there. A kill in between leaves a secret that nothing
 * names.
 */
export async function changeDirectorySettings<Of extends object>(
  context: Context,
  { what, settings, secretField }: SettingsWithSecret<Of>,
  { changes, secret, store, assertUsable }: DirectoryChange<Of>,
): Promise<void> {
  const name = typeof secret === 'string' ? context.newToken() : null;
  const given = { ...changes, ...(secret === undefined ? {} : { [secretField]: name }) };
  let isAdded = false;
  try {
    const { before, after } = await changeSettings(settings, { what, id: 'settings' }, async (present) => {
      const next = withChanges(present, given, store);
      await assertUsable(inEffect(next));
      if (store) await assertUsable(next.permanent);
      if (typeof secret === 'string' && name !== null && !isAdded) {
        await context.secrets.add(name, secret);
        isAdded = true;
      }
      return next;
    });
    await forget(context, secretsOf(before, secretField), secretsOf(after, secretField));
  } catch (error) {
    if (error instanceof DispatcherError && error.code === 'conflict') await forget(context, [name], []);
    throw error;
  }
}

/** Lets what is permanent count again, as a soft restart does. */
export async function dropTemporary<Of extends object>(
  context: Context,
  { what, settings, secretField }: SettingsWithSecret<Of>,
): Promise<void> {
  const { before, after } = await changeSettings(settings, { what, id: 'settings' }, (present) => ({
    ...present,
    temporary: {},
  }));
  await forget(context, secretsOf(before, secretField), secretsOf(after, secretField));
}

/** Names of the secrets that count now or after the next soft restart. */
const secretsOf = <Of extends object>(
  { permanent, temporary }: Settings<Of>,
  field: keyof Of,
): readonly unknown[] => [permanent[field], temporary[field]];

async function forget(
  context: Context,
  names: readonly unknown[],
  needed: readonly unknown[],
): Promise<void> {
  for (const name of new Set(names))
    if (typeof name === 'string' && !needed.includes(name)) await context.secrets.remove(name);
}
