/** Logging in, and the tokens that come of it. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { described } from '../model/described.ts';
import { nameSchema } from '../model/ids.ts';
import { returnAddressSchema } from '../model/oidcConfiguration.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';
import { passwordSchema, tokenSchema, userSchema } from '../model/user.ts';
import { defineProtocol, defineRead, defineWrite, nothing } from './operation.ts';

const group = 'session';
const callers = ['user'] as const;
const user = onDemand(() => {
  const { isAdmin, groups, rights, pools, maximumPriority } = userSchema().shape;
  return { isAdmin, groups, rights, pools, maximumPriority };
});
const token = onDemand(() => tokenSchema().shape);
const secret = onDemand(() =>
  described(z.string(), 'Send it as `Authorization: Bearer TOKEN`. It is told this once.'),
);
const given = onDemand(() => z.strictObject({ token: secret(), expiresAt: timeSchema() }));
const hours = onDemand(() =>
  described(z._default(boundedInt(1, 720), 720), 'How long the token is good, 1-720.'),
);
const whose = onDemand(() => ({
  kind: described(
    z._default(token().kind, 'user'),
    '`join` for tokens that nodes register with; they need the right manage-nodes.',
  ),
  user: described(
    z.optional(nameSchema()),
    'Whose; left out, the caller. Those of others need the right manage-people.',
  ),
}));

export const login = defineProtocol({
  group,
  name: 'login',
  callers: ['anyone'],
  input: () => ({
    name: nameSchema(),
    password: passwordSchema(),
    hours: hours(),
    skipDirectory: described(
      z._default(z.boolean(), false),
      'Whether only users of the farm are meant, although it has a directory of users.',
    ),
  }),
  output: given,
  errors: ['directory-unavailable', 'login-refused', 'too-many-logins'],
  text: 'Gives a token to a user who knows the password, be they of the farm or of its directory, where they are `@directory@` and their name. While the directory does not answer, users of the farm log in and others are told so. Refuses further tries for up to 15 minutes after 10 failures for a name from one address, or 100 for a name or from an address.',
});

const state = () =>
  described(
    boundedText(1, 256),
    'Secret of this login: keep it where others do not read it, and end the login with it.',
  );

export const oidcLoginBegin = defineProtocol({
  group,
  name: 'oidcLoginBegin',
  callers: ['anyone'],
  input: () => ({
    returnAddress: described(
      returnAddressSchema(),
      'Where the provider sends the browser back to: an address on this machine with any port, or one of the settings.',
    ),
  }),
  output: () =>
    z.strictObject({
      address: described(z.string(), 'Where to go with a browser.'),
      state: state(),
    }),
  errors: ['sso-unavailable', 'too-many-logins', 'transition-refused'],
  text: 'Begins a login by the provider of identities of the farm: tells where to go with a browser, which comes back to the return address within ten minutes. Refuses return addresses that are not allowed.',
});

export const oidcLoginFinish = defineProtocol({
  group,
  name: 'oidcLoginFinish',
  callers: ['anyone'],
  input: () => ({
    state: state(),
    callback: described(
      boundedText(1, 8_192),
      'What the address that the browser has come back to has after its question mark.',
    ),
    hours: hours(),
  }),
  output: given,
  errors: ['sso-refused', 'sso-unavailable', 'too-many-logins', 'transition-refused'],
  text: 'Gives a token to a user who has come back from the provider of identities, and makes the user `@sso@` and their name with the first one; whoever gets that name at the provider later is refused until that user is removed here. Their groups follow the provider. A login is ended once: repeated, and more than ten minutes after it was begun, it is refused.',
});

export const logout = defineProtocol({
  group,
  name: 'logout',
  callers,
  input: () => ({}),
  output: nothing,
  text: 'Revokes the token of this call. Processes that have seen it may believe it for 30 seconds more.',
});

export const whoAmI = defineRead({
  group,
  name: 'whoAmI',
  callers,
  input: () => ({}),
  output: () =>
    z.strictObject({
      name: nameSchema(),
      ...user(),
    }),
  text: 'Tells whose token this is, and what they may do, groups included.',
});

export const passwordChange = defineProtocol({
  group,
  name: 'passwordChange',
  callers,
  input: () => ({ password: passwordSchema(), newPassword: passwordSchema() }),
  output: given,
  errors: ['conflict', 'login-refused', 'too-many-logins', 'transition-refused'],
  text: "Changes the caller's own password, which voids all of the caller's tokens, and gives a new one. Refuses users of a directory, whose password is there.",
});

export const tokenAdd = defineProtocol({
  group,
  name: 'tokenAdd',
  callers,
  input: () => ({
    ...whose(),
    description: token().description.check(z.minLength(1)),
    days: described(
      z.nullable(boundedInt(1, 3_650)),
      'How long it is good, 1-3650; null until it is revoked.',
    ),
  }),
  output: () => z.strictObject({ id: token().id, token: secret(), expiresAt: token().expiresAt }),
  errors: ['not-found'],
  text: 'Makes a long-lived token, for a pipeline or for nodes that join. Refuses one for a user with more rights than the caller. Each call makes another one; one whose answer was lost is in tokenGetList and can be revoked.',
});

export const tokenGetList = defineRead({
  group,
  name: 'tokenGetList',
  callers,
  input: whose,
  output: () => z.strictObject({ tokens: z.array(tokenSchema()) }),
  text: 'Lists the tokens of a user which are still good, those of logins included, or those that nodes join with.',
});

export const tokenRevoke = defineWrite({
  group,
  name: 'tokenRevoke',
  callers,
  reserves: true,
  input: () => ({ ...whose(), id: token().id }),
  output: nothing,
  errors: ['not-found'],
  text: 'Revokes a token: it is refused within 30 seconds. Refuses that of a user with more rights than the caller.',
});
