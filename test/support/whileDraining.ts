/** Runs feed and queues again and again until a call that waits for them is answered. */
import { setImmediate } from 'node:timers/promises';
import { farmState } from './farmState.ts';
import type { TestFarm } from './startFarm.ts';

export async function whileDraining<T>(farm: Pick<TestFarm, 'drain'>, call: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  call.then(settle, settle);
  while (!isSettled) {
    await farm.drain();
    await setImmediate();
  }
  return call;
}

/** Operations that are answered when the feed has come so far. */
export const waitsForFeed = (name: string): boolean => /^db\w*Flush$/.test(name);

/** The same without the rest of the farm: markers are met as if nothing else were in the feed. */
export const whileMarkersAreMet = <T>(
  farm: Pick<TestFarm, 'data' | 'context'>,
  call: Promise<T>,
): Promise<T> =>
  whileDraining(
    {
      async drain() {
        const markers = [...farmState(farm).keys()]
          .filter((key) => key.startsWith('FLUSHES#'))
          .map((key) => ({ pk: key.slice(0, key.lastIndexOf('/')), sk: 'marker' }));
        if (markers.length > 0) await farm.context.flushes.acknowledge(markers);
      },
    },
    call,
  );
