import { DispatcherError, notFound } from '../errors.ts';

const TRIES = 5;

/**
 * Changes what is kept under a name; what is left out stays. `assertMayChange` sees it as it is and as it will be. Whoever
 * else changes it meanwhile is seen: it is read again, five times at most, then `conflict`.
 */
export async function changeByVersion<Thing extends { readonly version: number }>(
  what: string,
  name: string,
  store: {
    find(name: string): Promise<Thing | undefined>;
    replace(thing: Thing, seenVersion: number): Promise<boolean>;
  },
  changes: { readonly [F in keyof Thing]?: Thing[F] | undefined },
  assertMayChange: (before: Thing, after: Thing) => void | Promise<void> = () => {},
): Promise<void> {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await store.find(name);
    if (before === undefined) throw notFound(what, name);
    const after: Thing = { ...before, ...given };
    await assertMayChange(before, after);
    if (await store.replace(after, before.version)) return;
  }
  throw new DispatcherError('conflict', { what, id: name });
}
