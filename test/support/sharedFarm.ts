/** One farm for all tests of a file, where a test's own jobs and nodes are isolation enough. */
import { after } from 'node:test';
import { startFarm, type TestFarm, type TestFarmOptions } from './startFarm.ts';

/** Starts a farm that closes after the last test of the file; awaited at the top of it. */
export const sharedFarm = (options?: TestFarmOptions): Promise<TestFarm> =>
  startFarm({ after: (end) => after(end as () => void), diagnostic: (line) => console.error(line) }, options);
