/** Takes all users out of a group. */
import type { Context } from '../runtime/context.ts';
import { changeUser } from './changeUser.ts';

export async function emptyGroup(context: Context, name: string): Promise<void> {
  for (const user of await context.users.list(true)) {
    if (!user.groups.includes(name)) continue;
    const groups = user.groups.filter((group) => group !== name);
    await changeUser(context, user.name, { groups }, () => {});
  }
}
