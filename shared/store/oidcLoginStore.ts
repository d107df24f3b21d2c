/** Logins that a provider of identities has been asked for and that have not come back. */
import { hash } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { keys } from './keys.ts';
import { isThere, type Table } from './table.ts';

/** How long somebody has to log in at the provider. */
const SECONDS = 600;

interface KeptLogin {
  readonly returnAddress: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export function oidcLoginStore(table: Table, clock: Clock) {
  /** Hashed: who reads the table cannot end somebody's login. */
  const keyOf = (secret: string) => keys.oidcLogin(hash('sha256', secret, 'base64url'));

  return {
    /** Keeps a login under a secret that is given once. */
    async add(secret: string, login: KeptLogin): Promise<void> {
      const expiresAt = Math.floor(clock.now() / 1_000) + SECONDS;
      await table.put('farm', { ...keyOf(secret), ...login, expiresAt });
    },

    /** Takes a login out, for whoever asks first; undefined for the second, and once its time is over. */
    async take(secret: string): Promise<KeptLogin | undefined> {
      const taken = await table.delete('farm', keyOf(secret), isThere);
      const item = taken.applied ? taken.item : undefined;
      if (item === undefined) return undefined;
      // Time to live removes items late, so the time is looked at too.
      if (Number(item['expiresAt']) * 1_000 <= clock.now()) return undefined;
      return {
        returnAddress: String(item['returnAddress']),
        state: String(item['state']),
        nonce: String(item['nonce']),
        verifier: String(item['verifier']),
      };
    },
  };
}

export type OidcLoginStore = ReturnType<typeof oidcLoginStore>;
