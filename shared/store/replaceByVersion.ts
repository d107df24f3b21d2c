import { equals, type Guard, type Item, isNew, type Key, type Table, type Value } from './table.ts';

/** Writes a thing of the farm if nobody changed it since that version; version 0 is a new one. */
export async function replaceByVersion(
  table: Table,
  key: Key,
  thing: object,
  seenVersion: number,
): Promise<boolean> {
  const { item, guard } = putByVersion(key, thing, seenVersion);
  return (await table.put('farm', item, guard)).applied;
}

/** Item and guard of that write. */
export function putByVersion(
  key: Key,
  thing: object,
  seenVersion: number,
): { readonly item: Item; readonly guard: Guard } {
  return {
    item: { ...key, ...(thing as Record<string, Value>), version: seenVersion + 1 },
    guard: seenVersion === 0 ? isNew : [equals('version', seenVersion)],
  };
}
