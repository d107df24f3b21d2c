/** The first user and the first join token of a farm. */
import { hashPassword } from '../shared/actions/password.ts';
import type { Context } from '../shared/runtime/context.ts';

export interface Secrets {
  /** Only what was made just now and is known to nobody yet. */
  readonly adminPassword?: string;
  readonly joinToken?: string;
}

const TOKEN_PATTERN = /^[\w-]{16,256}$/;

/**
 * Makes user `admin` and a join token unless there are such. Given ones are set at every start; made ones are
 * told once and kept as hashes only.
 */
export async function ensureSecrets(
  context: Context,
  given: { readonly adminPassword: string | undefined; readonly joinToken: string | undefined },
): Promise<Secrets> {
  const isNew = (await context.users.find('admin')) === undefined;
  const adminPassword = given.adminPassword ?? (isNew ? context.newToken() : undefined);
  const joinToken = given.joinToken ?? (isNew ? context.newToken() : undefined);
  if (joinToken !== undefined) {
    if (!TOKEN_PATTERN.test(joinToken)) {
      throw new Error('ROLLCALL_JOIN_TOKEN must be 16 to 256 letters, digits, - and _');
    }
    await context.users.addToken(joinToken, { kind: 'join' }, null);
  }
  if (adminPassword !== undefined) {
    const passwordHash = await hashPassword(adminPassword);
    // The user last: until there is one, the next start makes both anew.
    if (isNew) await context.users.add({ name: 'admin', role: 'admin', passwordHash });
    else await context.users.setPassword('admin', passwordHash);
  }
  return {
    ...(adminPassword === undefined || given.adminPassword !== undefined ? {} : { adminPassword }),
    ...(joinToken === undefined || given.joinToken !== undefined ? {} : { joinToken }),
  };
}
