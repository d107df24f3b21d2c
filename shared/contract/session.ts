/** Logging in. */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { nameSchema } from '../model/ids.ts';
import { timeSchema } from '../model/time.ts';
import { passwordSchema, roles } from '../model/user.ts';
import { defineProtocol, defineRead } from './operation.ts';

const group = 'session';

export const login = defineProtocol({
  group,
  name: 'login',
  callers: ['anyone'],
  input: () => ({ name: nameSchema(), password: passwordSchema }),
  output: () =>
    z.strictObject({
      token: described(z.string(), 'Send it as `Authorization: Bearer TOKEN`.'),
      expiresAt: timeSchema(),
    }),
  errors: ['login-refused'],
  text: 'Gives a token to a user who knows the password, good for thirty days.',
});

export const whoAmI = defineRead({
  group,
  name: 'whoAmI',
  callers: ['user'],
  input: () => ({}),
  output: () => z.strictObject({ name: nameSchema(), role: z.enum(roles) }),
  text: 'Tells whose token this is.',
});
