/** Changes a group. */
import type { Group } from '../model/group.ts';
import type { Context } from '../runtime/context.ts';
import { changeByVersion } from './changeByVersion.ts';

/** What is left out stays. */
export type GroupChanges = { readonly [F in keyof Omit<Group, 'name' | 'version'>]?: Group[F] | undefined };

/** `assertMayChange` sees the group as it is and as it will be. */
export const configureGroup = (
  context: Context,
  name: string,
  changes: GroupChanges,
  assertMayChange: (before: Group, after: Group) => void,
): Promise<void> => changeByVersion('group', name, context.groups, changes, assertMayChange);
