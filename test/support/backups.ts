/** Jobs for the archive, and everything that can be seen of one. */
import type { JobSubmission } from '../../client/src/generated.ts';
import { aJob } from './aJob.ts';
import type { TestFarm } from './startFarm.ts';

/** A job that was rendered to its end, with a chunk that failed once and another that warned. */
export async function renderedJob(
  farm: TestFarm,
  chunks = 4,
  change: Partial<JobSubmission> = {},
): Promise<number> {
  const node = await farm.addNode(`renderer ${farm.clock.now()}`);
  const { id } = await farm.admin.jobSubmit({ job: aJob(chunks, { includedPools: [node.name], ...change }) });
  let count = 0;
  for (let work = await node.claim(); work !== null; count += 1) {
    const outcome = count === 1 ? 'failed' : count === 2 ? 'warning' : 'completed';
    work = await node.report({ outcome, exitCode: count === 1 ? 1 : 0, message: `attempt ${count}` });
    farm.clock.advance(1_000);
  }
  await farm.drain();
  await node.leave();
  return id;
}

/** Job, chunks and history as everybody sees them; `version` counts changes on the way. */
export async function wholeJob(farm: Pick<TestFarm, 'admin'>, id: number): Promise<unknown> {
  const { version: _version, ...job } = (await farm.admin.jobGet({ id })).job;
  return {
    job,
    chunks: (await farm.admin.chunkGetList({ jobId: id })).chunks,
    attempts: (await farm.admin.chunkGetHistory({ jobId: id })).attempts,
  };
}

/** Lets a deleted job go for good: it is swept, and whoever was sweeping has come to an end. */
export async function untilGone(farm: TestFarm): Promise<void> {
  for (let minute = 0; minute < 4; minute += 1) {
    farm.clock.advance(61_000);
    await farm.tick();
    await farm.drain();
  }
}

/** Names of the jobs in the archive, the newest first. */
export const backupNames = async (farm: Pick<TestFarm, 'admin'>): Promise<string[]> =>
  (await farm.admin.backupQuery({})).jobs.map(({ name }) => name);
