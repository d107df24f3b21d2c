/** Tells a template of a transition of one of its jobs. */
import type { HookMessage } from '../contract/queueMessages.ts';
import { hookKey } from '../queues/hookQueue.ts';
import type { Context } from '../runtime/context.ts';
import { callHook, HookFailed } from './callHook.ts';
import { viewJob } from './viewJob.ts';

/** The function that waits for it ends after sixty seconds. */
const DEADLINE_MS = 45_000;

/** Runs one hook, also of a job that has gone on, was cut anew or was deleted since. Throws `HookFailed`. */
export async function runHook(context: Context, message: HookMessage): Promise<void> {
  const { hook, templateId, state } = message;
  const [spec, template] = await Promise.all([
    context.jobs.findSpecOrRemains(state.id),
    context.templates.findKept(templateId),
  ]);
  // Of a template that has no hooks any more nothing is kept, and nobody is left to be told.
  if (spec === undefined || template === undefined) return;
  const call = {
    hook,
    key: hookKey(message),
    job: viewJob(spec, state),
    chunk: null,
    user: null,
    depth: spec.hookDepth,
  };
  const answer = await callHook(context, template, call, DEADLINE_MS);
  if (answer.kind === 'error') throw new HookFailed(template.name, hook, 'threw', answer.message);
}
