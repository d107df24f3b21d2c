/** Lets somebody in whom another system knows. */
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { nameSchema } from '../model/ids.ts';
import { newUser, type UserItem } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';

const TRIES = 5;

export interface Admitted {
  /** With the prefix of the system, so that nobody there takes the name of somebody here. */
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly groups: readonly string[];
}

/**
 * The user of that name, made with the first login. What the other system says of them follows it at each login, their
 * groups exactly; rights, pools and limits given here stay. Undefined for one who is disabled here, and for a name that
 * cannot be one.
 */
export async function admitUser(context: Context, admitted: Admitted): Promise<UserItem | undefined> {
  const { name } = admitted;
  if (!nameSchema().safeParse(name).success) return undefined;
  const known = await context.groups.findMany(admitted.groups, true);
  const facts = {
    email: admitted.email.slice(0, 254),
    description: admitted.description.slice(0, 1_024),
    groups: known.map((group) => group.name).sort(),
  };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await context.users.find(name);
    if (before?.isEnabled === false) return undefined;
    const tokensSince = before?.tokensSince ?? timeAfter(context.clock);
    const user = { ...newUser, name, passwordHash: null, version: 0, ...before, tokensSince, ...facts };
    if (before !== undefined && JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(user)))
      return before;
    if (await context.users.replace(user, user.version)) return { ...user, version: user.version + 1 };
  }
  throw new DispatcherError('try-again', { reason: 'the user is being changed all the time' });
}

const factsOf = ({ email, description, groups }: Omit<Admitted, 'name'>) => [email, description, groups];
