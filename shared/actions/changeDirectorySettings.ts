import { withChanges } from '../domain/settings.ts';
import { timeAfter } from '../model/clock.ts';
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

/** No change takes so long: what nothing names after that, nothing will. */
const ORPHANED_SECONDS = 3_600;

/**
 * Changes settings that have a secret. The secret is kept under a new name before the settings name it, and forgotten once
 * they do not, so settings never name one that is another's or is not there. A kill in between leaves a secret that nothing
 * names; the next change finds it by its note.
 */
export async function changeDirectorySettings<Of extends object>(
  context: Context,
  { what, settings, secretField }: SettingsWithSecret<Of>,
  { changes, secret, store, assertUsable }: DirectoryChange<Of>,
): Promise<void> {
  const name = typeof secret === 'string' ? context.newToken() : null;
  const given = { ...changes, ...(secret === undefined ? {} : { [secretField]: name }) };
  let isKept = false;
  const { before, after } = await changeSettings(settings, { what, id: 'settings' }, async (present) => {
    const next = withChanges(present, given, store);
    await assertUsable(inEffect(next));
    if (store) await assertUsable(next.permanent);
    if (typeof secret === 'string' && name !== null && !isKept) {
      await context.secretNotes.add(name);
      await context.secrets.add(name, secret);
      isKept = true;
    }
    return next;
  });
  await forgetReplaced(context, secretField, before, after);
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
  await forgetReplaced(context, secretField, before, after);
}

async function forgetReplaced<Of extends object>(
  context: Context,
  secretField: keyof Of & string,
  before: Settings<Of>,
  after: Settings<Of>,
): Promise<void> {
  const needed = secretsOf(after, secretField);
  const replaced = secretsOf(before, secretField).filter((name) => !needed.includes(name));
  await forget(context, [...replaced, ...(await findOrphans(context))]);
}

async function findOrphans(context: Context): Promise<string[]> {
  const old = await context.secretNotes.listBefore(timeAfter(context.clock, -ORPHANED_SECONDS));
  if (old.length === 0) return [];
  const { ldapSettings: ldap, oidcSettings: oidc } = context;
  const needed = [
    ...secretsOf(await ldap.getSettings(), 'bindSecret'),
    ...secretsOf(await oidc.getSettings(), 'clientSecretName'),
  ];
  return old.filter((name) => !needed.includes(name));
}

/** Names of the secrets that count now or after the next soft restart. */
const secretsOf = <Of extends object>({ permanent, temporary }: Settings<Of>, field: keyof Of): unknown[] =>
  [permanent[field], temporary[field]].filter((name) => typeof name === 'string');

/** The note last: until then it is found again. */
async function forget(context: Context, names: readonly unknown[]): Promise<void> {
  for (const name of new Set(names)) {
    await context.secrets.remove(String(name));
    await context.secretNotes.remove(String(name));
  }
}
