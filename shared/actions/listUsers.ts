/** Everybody who may log in: the users of the farm, and those of its directory. */
import { DispatcherError } from '../errors.ts';
import { DIRECTORY_PREFIX, newUser, type User } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { askDirectory, findDirectory } from './findDirectory.ts';
import { viewUser } from './viewUser.ts';

export interface ListedUsers {
  /** By name. */
  readonly users: readonly User[];
  readonly directory: 'none' | 'whole' | 'partial' | 'unavailable';
}

/** A directory that does not answer hides nobody whom the farm knows. */
export async function listUsers(context: Context): Promise<ListedUsers> {
  const known = (await context.users.list()).map(viewUser);
  const { users, directory } = await listDirectory(context);
  const names = new Set(known.map(({ name }) => name));
  const all = [...known, ...users.filter(({ name }) => !names.has(name))];
  return { users: all.sort((a, b) => (a.name < b.name ? -1 : 1)), directory };
}

async function listDirectory(context: Context): Promise<ListedUsers> {
  const found = await findDirectory(context);
  if (found === undefined) return { users: [], directory: 'none' };
  try {
    const { users, isComplete } = await askDirectory(context, found, (directory) => directory.list());
    return {
      users: users.map((user) => ({
        ...newUser,
        ...user,
        name: `${DIRECTORY_PREFIX}${user.name}`,
        version: 0,
      })),
      directory: isComplete ? 'whole' : 'partial',
    };
  } catch (error) {
    if (error instanceof DispatcherError && error.code === 'directory-unavailable')
      return { users: [], directory: 'unavailable' };
    throw error;
  }
}
