/** The queue's folders as an indented tree. */

interface Entry {
  readonly id: number;
  readonly parentId: number;
}

export interface Branch<T> {
  readonly entry: T;
  /** What stands before its name: guides from its folder. */
  readonly guide: string;
}

/**
 * Entries below their folders, in their order among each other. What lies in a folder that is not among the entries
 * stands at the top, so nothing is ever left out.
 */
export function treeOf<T extends Entry>(entries: readonly T[]): Branch<T>[] {
  const known = new Set(entries.map(({ id }) => id));
  const inside = new Map<number | undefined, T[]>();
  for (const entry of entries) {
    const parent = known.has(entry.parentId) ? entry.parentId : undefined;
    inside.set(parent, [...(inside.get(parent) ?? []), entry]);
  }
  const branches: Branch<T>[] = [];
  const add = (parent: number, indent: string): void => {
    const children = inside.get(parent) ?? [];
    for (const [index, entry] of children.entries()) {
      const isLast = index === children.length - 1;
      branches.push({ entry, guide: indent + (isLast ? '└─ ' : '├─ ') });
      add(entry.id, indent + (isLast ? '   ' : '│  '));
    }
  };
  for (const entry of inside.get(undefined) ?? []) {
    branches.push({ entry, guide: '' });
    add(entry.id, '');
  }
  return branches;
}
