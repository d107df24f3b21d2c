import { equals, isNew, type Key, type Table, type Value } from './table.ts';

/** Writes a thing of the farm if nobody changed it since that version; version 0 is a new one. */
export async function replaceByVersion(
  table: Table,
  key: Key,
  thing: object,
  seenVersion: number,
): Promise<boolean> {
  const item = { ...key, ...(thing as Record<string, Value>), version: seenVersion + 1 };
  const guard = seenVersion === 0 ? isNew : [equals('version', seenVersion)];
  return (await table.put('farm', item, guard)).applied;
}
