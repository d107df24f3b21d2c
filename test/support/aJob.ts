/** Builders fill what a case does not care about and keep implied fields true. */
import type { JobSubmission } from '../../client/src/generated.ts';

/** A job of so many chunks of one frame each, run by the generic command. */
export const aJob = (chunks: number, change: Partial<JobSubmission> = {}): JobSubmission => ({
  name: 'a job',
  templateId: 43,
  startFrame: 1,
  endFrame: chunks,
  packetSize: 1,
  attributes: { command: { value: '/bin/true' } },
  ...change,
});
