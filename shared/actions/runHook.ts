/** Calls the extension points. */
import type { HookCall, JobHook } from '../contract/hooks.ts';
import type { HookMessage } from '../contract/queueMessages.ts';
import { hookKey } from '../queues/hookQueue.ts';
import type { Context } from '../runtime/context.ts';
import { viewJob } from './viewJob.ts';

/** Runs one hook of the job's template; does nothing for a job that was deleted or cut anew meanwhile. */
export async function runHook(context: Context, message: HookMessage): Promise<void> {
  const [spec, state] = await Promise.all([
    context.jobs.findSpec(message.jobId, { consistent: true }),
    context.jobs.findState(message.jobId, { consistent: true }),
  ]);
  if (spec === undefined || state?.generation !== message.generation) return;
  const template = await context.templates.findKept(spec.templateId);
  const run = template?.hooks?.[message.hook] as ((call: HookCall<JobHook>) => Promise<unknown>) | undefined;
  await run?.({
    hook: message.hook,
    key: hookKey(message),
    job: viewJob(spec, state),
    chunk: null,
    user: null,
    depth: 0,
  });
}
