/** Lets somebody in whom another system knows. */
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { nameSchema } from '../model/ids.ts';
import { type Account, newUser, type UserItem } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';

const TRIES = 5;

export interface Admitted {
  /** With the prefix of the system, so that nobody there takes the name of somebody here. */
  readonly name: string;
  readonly email: string;
  readonly description: string;
  readonly groups: readonly string[];
  /** Where names can be given to others: who it is of those who have had the name. */
  readonly account?: Account;
}

/**
 * The user of that name, made with the first login. What the other system says of them follows it at each login, their
 * groups exactly; rights, pools and limits given here stay. Undefined for one who is disabled here, and for a name that
 * cannot be one. A user is one account for good: with the name alone nobody gets what was given to who had it before.
 */
export async function admitUser(context: Context, admitted: Admitted): Promise<UserItem | undefined> {
  const { name, account } = admitted;
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
    if (account !== undefined) assertSameAccount(context, name, account, before?.account ?? account);
    const tokensSince = before?.tokensSince ?? timeAfter(context.clock);
    const bound = account === undefined ? {} : { account };
    const user = {
      ...{ ...newUser, name, passwordHash: null, version: 0, ...before },
      ...{ tokensSince, ...facts, ...bound },
    };
    if (before !== undefined && JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(user)))
      return before;
    if (await context.users.replace(user, user.version)) return { ...user, version: user.version + 1 };
  }
  throw new DispatcherError('try-again', { reason: 'the user is being changed all the time' });
}

const factsOf = ({ email, description, groups, account }: Omit<Admitted, 'name'>) => [
  email,
  description,
  groups,
  account?.issuer,
  account?.subject,
];

function assertSameAccount(context: Context, name: string, account: Account, known: Account): void {
  if (account.issuer === known.issuer && account.subject === known.subject) return;
  context.logger.log('sso-taken', {
    user: name,
    ...account,
    known: known.subject,
    knownIssuer: known.issuer,
  });
  throw new DispatcherError('sso-refused', {
    reason: `user ${name} is another account of the provider, and an administrator frees the name by removing that user`,
  });
}
