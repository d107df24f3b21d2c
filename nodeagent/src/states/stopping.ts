/** Stops the process tree of an attempt that is over. Nothing is reported; the output is uploaded all the same. */
import type { AssignmentKey } from '../../../client/src/generated.ts';
import type { AgentNode, Step } from '../node.ts';
import type { Run } from '../ports.ts';

export async function stopping(node: AgentNode, run: Run, attempt: AssignmentKey, next: Step): Promise<Step> {
  node.ports.say(
    `stops chunk ${attempt.index + 1} of job ${attempt.jobId}: the attempt is not ours any more`,
  );
  node.hold(undefined);
  run.kill();
  await run.ended;
  node.uploads.add(attempt);
  return next;
}
