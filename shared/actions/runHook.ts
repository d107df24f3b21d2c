/** Tells a template of a transition of one of its jobs, or of a minute; asks it whether a job or a chunk may start. */
import type { HookCall, Template } from '../contract/hooks.ts';
import {
  type HookMessage,
  type IdlingMessage,
  type JobHookMessage,
  MAXIMUM_RECEIVES,
} from '../contract/queueMessages.ts';
import { hookKey } from '../domain/hookKeys.ts';
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import { callHook, HookFailed } from './callHook.ts';
import { noteHookFailure } from './noteHookFailure.ts';
import { passChunkGate } from './passChunkGate.ts';
import { passGate } from './passGate.ts';
import { viewJob } from './viewJob.ts';

/** The function that waits for it ends after sixty seconds. */
const DEADLINE_MS = 45_000;
/** A minute that was told so late has been followed by others. */
const LATE_MS = 300_000;

const DIED = 'each time the function that tells it ended before it had answered';

/** Runs one hook, for the n-th time. Throws `HookFailed` where it should be told again. */
export function runHook(context: Context, message: HookMessage, receives: number): Promise<void> {
  if ('state' in message) return tellOfJob(context, message, receives);
  if (message.hook === 'onValidateChunkDependancies') return passChunkGate(context, message);
  return 'minute' in message ? tellOfMinute(context, message) : passGate(context, message);
}

/** Also of a job that has gone on, was cut anew or was deleted since. */
async function tellOfJob(context: Context, message: JobHookMessage, receives: number): Promise<void> {
  const { hook, templateId, state } = message;
  const [spec, template] = await Promise.all([
    context.jobs.findSpecOrRemains(state.id),
    context.templates.findKept(templateId),
  ]);
  // Of a template that has no hooks any more nothing is kept, and nobody is left to be told.
  if (spec === undefined || template === undefined) return;
  const key = hookKey(message);
  const failed = { key, templateId, jobId: state.id, retry: message };
  // Whoever dies in the last try could not say any more that it was the last.
  if (receives >= MAXIMUM_RECEIVES) {
    await context.hookFailures.giveUp({ ...failed, hook, reason: 'crashed', message: DIED });
  }
  const call = { hook, key, job: viewJob(spec, state), chunk: null, user: null, depth: spec.hookDepth };
  try {
    await tell(context, template, call);
  } catch (error) {
    if (!(error instanceof HookFailed)) throw error;
    await noteHookFailure(context, error, failed);
    throw error;
  }
  if (receives > 1 || message.after !== undefined) await context.hookFailures.remove(key);
}

/** A minute that fails is over: the next one is told anyway. */
async function tellOfMinute(context: Context, message: IdlingMessage): Promise<void> {
  const { hook, templateId, minute } = message;
  if (context.clock.now() - milliseconds(minute) > LATE_MS) return;
  const template = await context.templates.findKept(templateId);
  if (template === undefined) return;
  try {
    const call = { hook, key: hookKey(message), job: null, chunk: null, user: null, depth: 0 };
    await tell(context, template, call);
  } catch (error) {
    if (!(error instanceof HookFailed)) throw error;
    await noteHookFailure(context, error, {
      key: `${templateId}:${hook}`,
      templateId,
      jobId: null,
      retry: null,
    });
  }
}

async function tell(context: Context, template: Template, call: HookCall): Promise<void> {
  const answer = await callHook(context, template, call, DEADLINE_MS);
  if (answer.kind === 'error') throw new HookFailed(template.name, call.hook, 'threw', answer.message);
}
