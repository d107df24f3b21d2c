/** Changes a group. */
import { DispatcherError, notFound } from '../errors.ts';
import type { Group } from '../model/group.ts';
import type { Context } from '../runtime/context.ts';

const TRIES = 5;

/** What is left out stays. */
export type GroupChanges = { readonly [F in keyof Omit<Group, 'name' | 'version'>]?: Group[F] | undefined };

/** `assertMayChange` sees the group as it is and as it will be. */
export async function configureGroup(
  context: Context,
  name: string,
  changes: GroupChanges,
  assertMayChange: (before: Group, after: Group) => void,
): Promise<void> {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const group = await context.groups.find(name);
    if (group === undefined) throw notFound('group', name);
    const changed: Group = { ...group, ...given };
    assertMayChange(group, changed);
    if (await context.groups.replace(changed, group.version)) return;
  }
  throw new DispatcherError('conflict', { what: 'group', id: name });
}
