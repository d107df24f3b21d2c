/** Removes a group. */
import { notFound } from '../errors.ts';
import type { Group } from '../model/group.ts';
import type { Context } from '../runtime/context.ts';
import { emptyGroup } from './emptyGroup.ts';
import type { Once } from './once.ts';

/**
 * Its users first, so that whoever repeats the request finds the group. Who enters it at the same moment names a group
 * that is not there, which gives nothing; a new one of the name starts empty.
 */
export async function removeGroup(
  context: Context,
  name: string,
  once: Once,
  assertMayRemove: (group: Group) => void,
): Promise<void> {
  await once.reserve(async () => {
    const group = await context.groups.find(name);
    if (group === undefined) throw notFound('group', name);
    assertMayRemove(group);
    return null;
  });
  await emptyGroup(context, name);
  await context.groups.remove(name);
}
