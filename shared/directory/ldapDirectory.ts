/**
 * A directory of users, spoken to by LDAP. With what lies beside it the only importer of its client, and loaded only where
 * a directory is in use. Each question opens a connection of its own; all that is said over it has one deadline.
 *
 * A referral is not followed: the password would go wherever it leads.
 */
import { randomUUID } from 'node:crypto';
import { type Entry, ResultCodeError } from 'ldapts';
import type { LdapConfiguration } from '../model/ldapConfiguration.ts';
import { DirectoryError, type LdapConnection, openLdap } from './ldapConnection.ts';
import { filledFilter, listingFilter } from './ldapFilters.ts';

/** A user as the directory has them. */
export interface DirectoryUser {
  readonly name: string;
  readonly email: string;
  readonly description: string;
}

export interface Authenticated extends DirectoryUser {
  /** Distinguished names of the groups that they are in. */
  readonly groups: readonly string[];
}

/** The most users that are listed, and the most groups of one that are looked at. */
const MOST_LISTED = 2_000;
const MOST_GROUPS = 1_000;
/** What a server refuses of a page is lost, so pages are small. */
const PAGE = 200;

/** What a server says that gives no more entries to this service: size and administrative limits. */
const limits = new Set([4, 11]);
/** What a server says to a wrong password, for a user without one, who is locked, or whose name it does not take. */
const refusals = new Set([10, 19, 32, 34, 48, 49, 50, 53]);

export function ldapDirectory(configuration: LdapConfiguration, bindPassword: string | null) {
  /** Asks one server after the other, until one answers. Throws DirectoryError if none does. */
  async function ask<Answer>(question: (connection: LdapConnection) => Promise<Answer>): Promise<Answer> {
    const milliseconds = (configuration.timeoutSeconds * 1_000) / configuration.urls.length;
    let failure: unknown;
    for (const url of configuration.urls) {
      try {
        return await openLdap(url, configuration, milliseconds, async (connection) => {
          await bindService(connection);
          return question(connection);
        });
      } catch (error) {
        failure = error;
      }
    }
    throw new DirectoryError(`no server of the directory answers: ${String(failure)}`, { cause: failure });
  }

  const bindService = (connection: LdapConnection): Promise<void> =>
    connection.bind(configuration.bindDn, bindPassword ?? '');

  return {
    /**
     * The user, if this is their password; undefined for a wrong one and for a name that nobody or more than one has,
     * after as many questions in either case.
     */
    async authenticate(name: string, password: string): Promise<Authenticated | undefined> {
      // A bind without a password succeeds for whatever name it is (RFC 4513, 5.1.2).
      if (password === '') return undefined;
      const { baseDn, userFilter, nameAttribute, groupBaseDn, groupFilter } = configuration;
      return ask(async (connection) => {
        const found = await connection.search(baseDn, {
          filter: filledFilter(userFilter, { name }),
          attributes: [nameAttribute, 'mail', 'cn'],
          sizeLimit: 2,
        });
        const [entry] = found.length === 1 ? found : [];
        const user = entry === undefined ? undefined : userOf(entry, nameAttribute);
        const dn = user === undefined || entry === undefined ? `cn=${randomUUID()},${baseDn}` : entry.dn;
        const isBound = await fits(connection, dn, password);
        if (!isBound || user === undefined) return undefined;
        // Users mostly may not see who is in which group.
        await bindService(connection);
        const groups = await connection.search(groupBaseDn || baseDn, {
          filter: filledFilter(groupFilter, { name: user.name, dn }),
          attributes: ['1.1'],
          sizeLimit: MOST_GROUPS,
        });
        return { ...user, groups: groups.map((group) => group.dn) };
      });
    },

    /** Users of the directory: {@link MOST_LISTED} at most, or as many as the server gives. */
    list(): Promise<{ readonly users: readonly DirectoryUser[]; readonly isComplete: boolean }> {
      const { baseDn, userFilter, nameAttribute } = configuration;
      return ask(async (connection) => {
        const users: DirectoryUser[] = [];
        const pages = connection.pages(baseDn, {
          filter: listingFilter(userFilter),
          attributes: [nameAttribute, 'mail', 'cn'],
          paged: { pageSize: PAGE },
        });
        try {
          for await (const entries of pages) {
            users.push(...entries.flatMap((entry) => userOf(entry, nameAttribute) ?? []));
            if (users.length > MOST_LISTED) return { users: users.slice(0, MOST_LISTED), isComplete: false };
          }
        } catch (error) {
          if (error instanceof ResultCodeError && limits.has(error.code)) return { users, isComplete: false };
          throw error;
        }
        return { users, isComplete: true };
      });
    },
  };
}

export type LdapDirectory = ReturnType<typeof ldapDirectory>;

async function fits(connection: LdapConnection, dn: string, password: string): Promise<boolean> {
  try {
    await connection.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && refusals.has(error.code)) return false;
    throw error;
  }
}

/** Undefined for an entry without a name. */
function userOf(entry: Entry, nameAttribute: string): DirectoryUser | undefined {
  const name = textOf(entry, nameAttribute);
  if (name === '') return undefined;
  return { name, email: textOf(entry, 'mail'), description: textOf(entry, 'cn') };
}

/** The first value of an attribute, whose name servers spell as they like. */
function textOf(entry: Entry, attribute: string): string {
  const [, value] =
    Object.entries(entry).find(([name]) => name.toLowerCase() === attribute.toLowerCase()) ?? [];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined ? '' : String(first);
}
