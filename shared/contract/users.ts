/** The users group. */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { nameSchema } from '../model/ids.ts';
import { onDemand } from '../model/onDemand.ts';
import { passwordSchema, userSchema } from '../model/user.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'users';
const callers = ['user'] as const;
const right = 'manage-people';
const fields = onDemand(() => userSchema().shape);
const password = onDemand(() =>
  described(
    z.optional(passwordSchema()),
    'Kept as a hash only. Without one the user logs in by a directory or has tokens.',
  ),
);

export const userGetList = defineRead({
  group,
  name: 'userGetList',
  callers,
  input: pageInput,
  output: () =>
    z.strictObject({
      users: z.array(userSchema()),
      nextPageToken: z.nullable(z.string()),
      directory: described(
        z.enum(['none', 'whole', 'partial', 'unavailable']),
        'Whether users of the directory are among them: none is in use, all, as many as it gives or 2,000, or those who have logged in before since it does not answer.',
      ),
    }),
  text: 'Retrieves the users page by page, by name. Those of the directory are among them, their names prefixed with `@directory@`; version 0 is one who has never logged in, whose groups are not known yet.',
});

export const userGet = defineRead({
  group,
  name: 'userGet',
  callers,
  input: () => ({ name: nameSchema() }),
  output: () => z.strictObject({ user: userSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a user from their name.',
});

export const userAdd = defineWrite({
  group,
  name: 'userAdd',
  callers,
  right,
  reserves: true,
  input: () => ({
    user: z.strictObject({
      name: nameSchema(),
      password: password(),
      description: z._default(fields().description, ''),
      email: z._default(fields().email, ''),
      isAdmin: z._default(fields().isAdmin, false),
      isEnabled: z._default(fields().isEnabled, true),
      groups: z._default(fields().groups, []),
      rights: z._default(fields().rights, []),
      pools: z._default(fields().pools, []),
      maximumPriority: z._default(fields().maximumPriority, null),
    }),
  }),
  output: nothing,
  errors: ['already-exists', 'not-found'],
  text: 'Adds a user. Refuses a name that is taken or begins with `@directory@` or `@sso@`, a group that does not exist, and more rights than the caller has. Consoles hear `users/added`.',
});

export const userConfigure = defineWrite({
  group,
  name: 'userConfigure',
  callers,
  right,
  input: () => ({
    user: z.strictObject({
      name: nameSchema(),
      password: password(),
      description: z.optional(fields().description),
      email: z.optional(fields().email),
      isAdmin: z.optional(fields().isAdmin),
      isEnabled: z.optional(fields().isEnabled),
      groups: z.optional(fields().groups),
      rights: z.optional(fields().rights),
      pools: z.optional(fields().pools),
      maximumPriority: z.optional(fields().maximumPriority),
    }),
  }),
  output: nothing,
  errors: ['conflict', 'not-found', 'transition-refused'],
  text: 'Changes a user; what is left out stays. A new password voids all tokens of the user. Rights and limits hold within 30 seconds. Refuses a group that does not exist, more rights than the caller has, before or after the change, a password for a user of the directory, and to take user admin its power. Consoles hear `users/changed`.',
});

export const userRemove = defineWrite({
  group,
  name: 'userRemove',
  callers,
  right,
  reserves: true,
  input: () => ({ name: nameSchema() }),
  output: nothing,
  errors: ['conflict', 'not-found', 'transition-refused'],
  text: 'Removes a user, whose tokens are void within 30 seconds. Their jobs stay. Refuses user admin, and a user with more rights than the caller. Consoles hear `users/removed`.',
});
