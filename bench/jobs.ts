/** Jobs for simulated nodes, whose command nobody runs. */
import type { Client } from '../client/src/client.ts';
import type { JobSubmission } from '../client/src/generated.ts';

/** A job of so many chunks of one frame each. */
export const benchJob = (chunks: number, change: Partial<JobSubmission> = {}): JobSubmission => ({
  name: 'bench',
  templateId: 43,
  startFrame: 1,
  endFrame: chunks,
  packetSize: 1,
  attributes: { command: { value: '/bin/true' } },
  ...change,
});

const SUBMITTED_AT_ONCE = 50;

/** Submits so many jobs, a few at a time. */
export async function submitJobs(
  admin: Client,
  count: number,
  jobAt: (index: number) => JobSubmission,
): Promise<void> {
  for (let start = 0; start < count; start += SUBMITTED_AT_ONCE) {
    const length = Math.min(SUBMITTED_AT_ONCE, count - start);
    await Promise.all(Array.from({ length }, (_, offset) => admin.jobSubmit({ job: jobAt(start + offset) })));
  }
}
