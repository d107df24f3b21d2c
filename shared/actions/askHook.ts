/** Asks a hook that somebody waits for. */
import type { HookAnswer, HookCall, Template } from '../contract/hooks.ts';
import { hasHook } from '../domain/jobHooks.ts';
import { DispatcherError } from '../errors.ts';
import { nameSchema } from '../model/ids.ts';
import type { Context } from '../runtime/context.ts';
import { callHook, HookFailed } from './callHook.ts';
import { noteHookFailure } from './noteHookFailure.ts';

/** What a hook has against it. */
export interface Refusal {
  readonly text: string;
  /** It gave no answer. */
  readonly isFailure: boolean;
}

/** What the hook has against what it is asked about; undefined if nothing, and where the template has no such hook. */
export async function findRefusal(
  context: Context,
  template: Template,
  call: HookCall,
): Promise<Refusal | undefined> {
  try {
    await askHook(context, template, call);
    return undefined;
  } catch (error) {
    if (!(error instanceof DispatcherError)) throw error;
    const text = `${call.hook} of its template says: ${error.details['rule']}`;
    return { text, isFailure: error.code === 'hook-failed' };
  }
}

/**
 * The answer of a hook, that all is well where the template has none. Throws `hook-refused` with the text of a hook that
 * refuses, and `hook-failed` where one gives no answer, unless the farm lets pass then.
 */
export async function askHook(
  context: Context,
  template: Template,
  call: HookCall,
): Promise<Extract<HookAnswer, { kind: 'ok' }>> {
  if (!hasHook(template, call.hook)) return { kind: 'ok' };
  const { hookSeconds, failedHooksPass } = await context.configuration.get();
  const about = { hook: call.hook, template: template.name };
  try {
    const answer = await callHook(context, template, call, hookSeconds * 1_000);
    if (answer.kind === 'error')
      throw new DispatcherError('hook-refused', { ...about, rule: answer.message.replace(/\.$/, '') });
    if (answer.user !== undefined && !nameSchema().safeParse(answer.user).success) {
      const rule = `gave ${JSON.stringify(answer.user)}, which is no name`;
      throw new HookFailed(template.name, call.hook, 'threw', rule);
    }
    return answer;
  } catch (error) {
    if (!(error instanceof HookFailed)) throw error;
    await noteHookFailure(context, error, {
      key: `${template.id}:${call.hook}`,
      templateId: template.id,
      jobId: call.job?.id ?? null,
      retry: null,
    });
    if (failedHooksPass) return { kind: 'ok' };
    throw new DispatcherError('hook-failed', { ...about, rule: error.message }, { cause: error });
  }
}
