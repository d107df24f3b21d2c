/** Adds a group. */
import type { Group } from '../model/group.ts';
import type { Context } from '../runtime/context.ts';
import { addOnce } from './addOnce.ts';
import { emptyGroup } from './emptyGroup.ts';
import type { Once } from './once.ts';

/** Nobody is in it at first: not even who was in an earlier one of that name whose removal did not come to its end. */
export const addGroup = (context: Context, group: Omit<Group, 'version'>, once: Once): Promise<void> =>
  addOnce('group', group.name, context.groups, once, async (isRepeat) => {
    if (!isRepeat) await emptyGroup(context, group.name);
    return { ...group, version: 0 };
  });
