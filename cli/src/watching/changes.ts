/** What has changed on the farm between two looks at it. */
import type { Job, Node } from '../../../client/src/generated.ts';

/** One change, under the name by which Consoles hear it. */
export type Change =
  | { readonly event: 'jobs/added' | 'jobs/removed'; readonly job: Job }
  | {
      readonly event: 'jobs/changed';
      readonly job: Job;
      readonly before: Job;
      readonly changed: readonly string[];
    }
  | { readonly event: 'nodes/added' | 'nodes/removed'; readonly node: Node }
  | {
      readonly event: 'nodes/changed';
      readonly node: Node;
      readonly before: Node;
      readonly changed: readonly string[];
    };

/** What each heartbeat changes, or every change. */
const noise: ReadonlySet<string> = new Set(['version', 'lastSeenAt', 'load', 'progress']);

/** Changes of jobs. Jobs older than the oldest that was read are not known to be gone: the list may end before them. */
export function jobChanges(before: readonly Job[], after: readonly Job[], isComplete: boolean): Change[] {
  const oldest = isComplete ? 0 : Math.min(...after.map(({ id }) => id));
  return differences(before, after).flatMap(({ was, is }): Change[] => {
    if (is === undefined) return was.id >= oldest ? [{ event: 'jobs/removed', job: was }] : [];
    if (was === undefined) return [{ event: 'jobs/added', job: is }];
    const changed = changedFields(was, is);
    return changed.length === 0 ? [] : [{ event: 'jobs/changed', job: is, before: was, changed }];
  });
}

/** Changes of nodes. */
export function nodeChanges(before: readonly Node[], after: readonly Node[]): Change[] {
  return differences(before, after).flatMap(({ was, is }): Change[] => {
    if (is === undefined) return [{ event: 'nodes/removed', node: was }];
    if (was === undefined) return [{ event: 'nodes/added', node: is }];
    const changed = changedFields(was, is);
    return changed.length === 0 ? [] : [{ event: 'nodes/changed', node: is, before: was, changed }];
  });
}

type Difference<T> =
  | { readonly was: T; readonly is: undefined }
  | { readonly was: T | undefined; readonly is: T };

/** Both looks at each entry, by id. */
function differences<T extends { readonly id: number }>(
  before: readonly T[],
  after: readonly T[],
): Difference<T>[] {
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort((a, b) => a - b)
    .flatMap((id): Difference<T>[] => {
      const [was, is] = [old.get(id), now.get(id)];
      if (is !== undefined) return [{ was, is }];
      return was === undefined ? [] : [{ was, is }];
    });
}

const byId = <T extends { readonly id: number }>(entries: readonly T[]): Map<number, T> =>
  new Map(entries.map((entry) => [entry.id, entry]));

const changedFields = <T extends object>(before: T, after: T): string[] =>
  (Object.keys(after) as (keyof T & string)[]).filter(
    (field) => !noise.has(field) && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
