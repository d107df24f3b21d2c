/** The first user and the first join token of a farm, on a laptop as in AWS. */
import * as z from 'zod/mini';
import { timeAfter } from '../model/clock.ts';
import { inEnglish } from '../model/inEnglish.ts';
import { onDemand } from '../model/onDemand.ts';
import { FIRST_USER, newUser, passwordSchema } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { changeUser } from './changeUser.ts';
import { fitsPassword, hashPassword } from './password.ts';

/** Secrets that whoever starts the farm has chosen. */
const givenSecretsSchema = onDemand(() =>
  z.strictObject({
    adminPassword: z.optional(passwordSchema()),
    joinToken: z.optional(
      z.string().check(z.regex(/^[\w-]{16,256}$/, 'must be 16 to 256 letters, digits, - and _')),
    ),
  }),
);
export type GivenSecrets = z.infer<ReturnType<typeof givenSecretsSchema>>;

export interface Secrets {
  /** Only what was made just now and is known to nobody yet. */
  readonly adminPassword?: string;
  readonly joinToken?: string;
}

/**
 * Makes user `admin` and a join token unless there is that user. Given ones are set each time; made ones are told
 * once and kept as hashes only.
 */
export async function ensureSecrets(context: Context, secrets: GivenSecrets): Promise<Secrets> {
  const given = check(secrets);
  const admin = await context.users.find(FIRST_USER);
  const isNew = admin === undefined;
  const adminPassword = given.adminPassword ?? (isNew ? context.newToken() : undefined);
  const joinToken = given.joinToken ?? (isNew ? context.newToken() : undefined);
  if (joinToken !== undefined)
    await context.tokens.add(joinToken, { kind: 'join' }, { expiresAt: null, description: 'first start' });
  // The user last: until there is one, the next start makes both anew.
  if (admin === undefined && adminPassword !== undefined) await addFirstUser(context, adminPassword);
  // A new password voids tokens, so one that is given at each start is not set again.
  else if (adminPassword !== undefined && !(await fitsPassword(adminPassword, admin?.passwordHash ?? '')))
    await changeUser(context, FIRST_USER, { password: adminPassword }, () => {});
  return {
    ...(adminPassword === undefined || given.adminPassword !== undefined ? {} : { adminPassword }),
    ...(joinToken === undefined || given.joinToken !== undefined ? {} : { joinToken }),
  };
}

async function addFirstUser(context: Context, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  const tokensSince = timeAfter(context.clock);
  const user = { ...newUser, name: FIRST_USER, isAdmin: true, passwordHash, tokensSince, version: 0 };
  if (!(await context.users.replace(user, 0)))
    throw new Error('another start has made user admin meanwhile, and was told the password');
}

/** The message names field and rule, never what was given. */
function check(secrets: GivenSecrets): GivenSecrets {
  const checked = givenSecretsSchema().safeParse(secrets, inEnglish);
  if (checked.success) return checked.data;
  throw new Error(checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
}
