/** `farm.writes` of the stories, at the wire: races between writes, and instances that die at one. */
import type { Writes } from '../support/startFarm.ts';
import type { FunctionHost } from './invokeFunction.ts';
import type { Wire, WriteWatch } from './wire.ts';

const goOn = async (): Promise<boolean> => true;

export function watchWrites(wire: Wire, functions: ReadonlyMap<string, FunctionHost>): Writes {
  const watch = (part: Partial<WriteWatch>): void => {
    wire.watch = { before: goOn, after: goOn, ...wire.watch, ...part };
  };
  /** Ends the instance that writes, as Lambda may at any moment. */
  const kill = (instance: string): false => {
    if (![...functions.values()].some((host) => host.kill(instance))) {
      throw new Error('who writes here is no function');
    }
    return false;
  };
  return {
    beforeFirst(partition, action) {
      watch({
        async before({ written = '' }) {
          if (!written.startsWith(partition)) return true;
          watch({ before: goOn });
          await action();
          return true;
        },
      });
    },
    crashAfter(count) {
      let left = count;
      watch({
        async before(_, instance) {
          if (left > 0) {
            left -= 1;
            return true;
          }
          watch({ before: goOn });
          return kill(instance);
        },
      });
    },
    crashOnceAfter(partition) {
      watch({
        async after({ written = '' }, instance) {
          if (!written.startsWith(partition)) return true;
          watch({ after: goOn });
          return kill(instance);
        },
      });
    },
    async count(work) {
      let count = 0;
      watch({
        async before() {
          count += 1;
          return true;
        },
      });
      await work();
      watch({ before: goOn });
      return count;
    },
    calm() {
      wire.watch = undefined;
    },
  };
}
