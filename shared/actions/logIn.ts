/** Gives a token to who knows a password. */
import { groupsOfMembers } from '../domain/directoryRules.ts';
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { isoTime } from '../model/time.ts';
import { DIRECTORY_PREFIX, type UserItem } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { admitUser } from './admitUser.ts';
import { askDirectory, type FoundDirectory, findDirectory } from './findDirectory.ts';
import { fitsPassword, hashPassword } from './password.ts';

/** Failures within a window after which no more tries are looked at. Many share an address behind one gateway. */
const MOST_TRIES = { pair: 10, name: 100, address: 100 };

/** Hashed for a name that nobody has, so that both refusals take the same time. */
let decoy: Promise<string> | undefined;

export interface Login {
  readonly name: string;
  readonly password: string;
  readonly hours: number;
  /** Whether only users of the farm are meant. */
  readonly skipDirectory: boolean;
}

/**
 * Asks the users of the farm and the directory, in the order of the settings, until one knows name and password. A
 * directory that does not answer keeps nobody out whom the farm knows; others are told so, and may try again.
 */
export async function logIn(
  context: Context,
  { name, password, hours, skipDirectory }: Login,
  address: string,
): Promise<{ token: string; expiresAt: string }> {
  const user = await assertKnown(context, name, address, async () => {
    const found = skipDirectory ? undefined : await findDirectory(context);
    const local = () => findLocal(context, name, password);
    if (found === undefined) return local();
    const remote = () => findInDirectory(context, found, name, password);
    const isLocalFirst = found.configuration.order === 'local-first';
    return firstOf(isLocalFirst ? [local, remote] : [remote, local]);
  });
  return giveToken(context, user.name, 'login', hours);
}

/** The user of the farm, if this is their password; refused like a login otherwise. */
export const assertPassword = (
  context: Context,
  name: string,
  password: string,
  address: string,
): Promise<UserItem> => assertKnown(context, name, address, () => findLocal(context, name, password));

/**
 * The user that `find` knows; `login-refused` by the same text and after the same work whatever is wrong,
 * `too-many-logins` after too many failures. A try counts from its beginning, so that many at once are not more than many
 * in a row.
 */
async function assertKnown(
  context: Context,
  name: string,
  address: string,
  find: () => Promise<UserItem | undefined>,
): Promise<UserItem> {
  const counted = countedAs(name);
  const subjects = [
    [`pair ${address} ${counted}`, MOST_TRIES.pair],
    [`name ${counted}`, MOST_TRIES.name],
    [`address ${address}`, MOST_TRIES.address],
  ] as const;
  for (const [subject, most] of subjects) {
    if (!(await context.logins.begin(subject, most)))
      throw new DispatcherError('too-many-logins', { until: isoTime(context.logins.windowEnd()) });
  }
  const user = await find();
  if (user === undefined) throw new DispatcherError('login-refused');
  await Promise.all(subjects.map(([subject]) => context.logins.forget(subject)));
  return user;
}

/** Directories take a name in either case and with any spaces: no spelling gets tries of its own. */
const countedAs = (name: string): string =>
  withoutPrefix(name).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Users of the directory may log in by the name that lists show. */
const withoutPrefix = (name: string): string =>
  name.startsWith(DIRECTORY_PREFIX) ? name.slice(DIRECTORY_PREFIX.length) : name;

async function findLocal(context: Context, name: string, password: string): Promise<UserItem | undefined> {
  const user = await context.users.find(name);
  decoy ??= hashPassword('nobody');
  const fits = await fitsPassword(password, user?.passwordHash ?? (await decoy));
  return user !== undefined && user.passwordHash !== null && user.isEnabled && fits ? user : undefined;
}

async function findInDirectory(
  context: Context,
  found: FoundDirectory,
  name: string,
  password: string,
): Promise<UserItem | undefined> {
  const known = await askDirectory(context, found, (directory) =>
    directory.authenticate(withoutPrefix(name), password),
  );
  if (known === undefined) return undefined;
  const groups = groupsOfMembers(found.configuration, known.groups);
  return admitUser(context, { ...known, name: `${DIRECTORY_PREFIX}${known.name}`, groups });
}

/** The first that is found. What one could not find out is said only if no other knows. */
async function firstOf(
  sources: readonly (() => Promise<UserItem | undefined>)[],
): Promise<UserItem | undefined> {
  let unavailable: DispatcherError | undefined;
  for (const source of sources) {
    try {
      const user = await source();
      if (user !== undefined) return user;
    } catch (error) {
      if (!(error instanceof DispatcherError && error.code === 'directory-unavailable')) throw error;
      unavailable = error;
    }
  }
  if (unavailable !== undefined) throw unavailable;
  return undefined;
}

/** A token of a user for some hours. */
export async function giveToken(
  context: Context,
  name: string,
  description: string,
  hours: number,
): Promise<{ token: string; expiresAt: string }> {
  const token = context.newToken();
  const expiresAt = timeAfter(context.clock, hours * 3_600);
  await context.tokens.add(token, { kind: 'user', name }, { expiresAt, description });
  return { token, expiresAt };
}
