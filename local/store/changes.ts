/** Applies the changes of an update to an item, refusing what DynamoDB refuses. */
import type { Changes, Item, Key, Value } from '../../shared/store/table.ts';
import { isMap, own } from './guard.ts';

type MutableMap = { [name: string]: Value };

/**
 * The item after the changes; the one before is left untouched. An absent item counts as one with nothing but
 * its key. Throws when a path names a key, names a place inside a map that is absent, or is named twice.
 */
export function applyChanges(before: Item | undefined, key: Key, changes: Changes): Item {
  assertSeparatePaths(changes);
  const after: MutableMap & Key = before === undefined ? { pk: key.pk, sk: key.sk } : { ...before };
  for (const [path, value] of Object.entries(changes.set ?? {})) assign(after, path, value);
  for (const [path, value] of Object.entries(changes.setIfAbsent ?? {})) assign(after, path, value, true);
  for (const [name, amount] of Object.entries(changes.add ?? {})) add(after, name, amount);
  for (const path of changes.remove ?? []) {
    const { parent, name } = place(after, path);
    delete parent[name];
  }
  return after;
}

function assign(item: MutableMap, path: string, value: Value, onlyIfAbsent = false): void {
  const { parent, name } = place(item, path);
  if (!onlyIfAbsent || own(parent, name) === undefined) parent[name] = value;
}

function add(item: MutableMap, name: string, amount: number): void {
  const present = own(item, name) ?? 0;
  if (typeof present !== 'number') throw new Error(`cannot add to ${name}: it is not a number`);
  item[name] = present + amount;
}

/** The map that holds the last name of a path, copied on the way down so that it may be changed. */
function place(item: MutableMap, path: string): { parent: MutableMap; name: string } {
  if (!path.includes('.')) return { parent: item, name: path };
  const names = path.split('.');
  const name = names.pop() ?? path;
  let parent = item;
  for (const step of names) {
    const child = own(parent, step);
    if (!isMap(child)) throw new Error(`the path ${path} is invalid for update: ${step} is not a map`);
    const copy = { ...child };
    parent[step] = copy;
    parent = copy;
  }
  return { parent, name };
}

function assertSeparatePaths({ set = {}, setIfAbsent = {}, add: added = {}, remove = [] }: Changes): void {
  const paths = [...Object.keys(set), ...Object.keys(setIfAbsent), ...Object.keys(added), ...remove];
  const distinct = new Set(paths);
  if (distinct.size < paths.length) throw new Error(`two changes name the same path: ${paths.join(', ')}`);
  if (distinct.has('pk') || distinct.has('sk')) throw new Error('the key of an item cannot be changed');
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      if (distinct.has(path.slice(0, dot))) throw new Error(`two changes overlap at ${path.slice(0, dot)}`);
      if (Object.hasOwn(added, path))
        throw new Error(`add works on top-level attributes only, not on ${path}`);
    }
  }
}
