/** Changes a user's own password. */
import { DispatcherError } from '../errors.ts';
import { isElsewhere } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { changeUser, passwordElsewhere } from './changeUser.ts';
import { assertPassword, giveToken } from './logIn.ts';

/** The new token is good as long as one of a login. */
const HOURS = 720;

/** Who holds a token does not know the password by that: the old one is asked for. */
export async function changePassword(
  context: Context,
  name: string,
  password: string,
  newPassword: string,
  address: string,
): Promise<{ token: string; expiresAt: string }> {
  if (isElsewhere(name)) throw passwordElsewhere(name);
  const { version } = await assertPassword(context, name, password, address);
  await changeUser(context, name, { password: newPassword }, (user) => {
    // The password that was checked is the one that is replaced.
    if (user.version !== version) throw new DispatcherError('conflict', { what: 'user', id: name });
  });
  return giveToken(context, name, 'login', HOURS);
}
