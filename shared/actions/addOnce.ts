import { DispatcherError } from '../errors.ts';
import type { Once } from './once.ts';

/**
 * Adds what is kept under a name, once for a request that comes twice; `already-exists` if somebody has it. What `make`
 * does besides, it does after the name was found free and before the thing is there.
 */
export async function addOnce<Thing>(
  what: string,
  name: string,
  store: {
    find(name: string): Promise<unknown>;
    replace(thing: Thing, seenVersion: number): Promise<boolean>;
  },
  once: Once,
  make: (isRepeat: boolean) => Promise<Thing>,
): Promise<void> {
  const refusal = new DispatcherError('already-exists', { what, id: name });
  const { isRepeat } = await once.reserve(async () => {
    if ((await store.find(name)) !== undefined) throw refusal;
    return null;
  });
  const isAdded = await store.replace(await make(isRepeat), 0);
  if (!isAdded && !isRepeat) throw refusal;
}
