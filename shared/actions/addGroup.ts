/** Adds a group. */
import { DispatcherError } from '../errors.ts';
import type { Group } from '../model/group.ts';
import type { Context } from '../runtime/context.ts';
import { emptyGroup } from './emptyGroup.ts';
import type { Once } from './once.ts';

/** Nobody is in it at first: not even who was in an earlier one of that name whose removal did not come to its end. */
export async function addGroup(context: Context, group: Omit<Group, 'version'>, once: Once): Promise<void> {
  const refusal = new DispatcherError('already-exists', { what: 'group', id: group.name });
  const { isRepeat } = await once.reserve(async () => {
    if ((await context.groups.find(group.name)) !== undefined) throw refusal;
    return null;
  });
  if (!isRepeat) await emptyGroup(context, group.name);
  const isAdded = await context.groups.replace({ ...group, version: 0 }, 0);
  if (!isAdded && !isRepeat) throw refusal;
}
