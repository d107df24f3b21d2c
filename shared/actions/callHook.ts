/** Calls a hook of a template, whichever way the template has it, and waits no longer than its deadline. */
import type { DispatcherHook, HookAnswer, HookCall, HookFunctions, Template } from '../contract/hooks.ts';
import type { HookFailure } from '../hookHost/hookHost.ts';
import type { Context } from '../runtime/context.ts';

type HookFunction = (call: HookCall) => ReturnType<NonNullable<HookFunctions[DispatcherHook]>>;

/** A hook that gave no answer: it threw, or took too long. */
export class HookFailed extends Error {
  override readonly name = 'HookFailed';
  readonly template: string;
  readonly hook: DispatcherHook;
  readonly reason: HookFailure['reason'];

  constructor(
    template: string,
    hook: DispatcherHook,
    reason: HookFailure['reason'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.template = template;
    this.hook = hook;
    this.reason = reason;
  }
}

/** The answer of a hook; of one that the template does not have, that all is well. Throws `HookFailed`. */
export async function callHook(
  context: Context,
  template: Template,
  call: HookCall,
  deadlineMs: number,
): Promise<HookAnswer> {
  const failed = (reason: HookFailed['reason'], message: string, options?: ErrorOptions): HookFailed =>
    new HookFailed(template.name, call.hook, reason, message, options);
  const { hookSource, hookNames } = template;
  if (hookSource !== undefined && hookNames?.includes(call.hook)) {
    const { callHostedHook } = await import('./callHostedHook.ts');
    const outcome = await callHostedHook(context, template, hookSource, call, deadlineMs);
    if (outcome.kind === 'answered') return outcome.answer;
    throw failed(outcome.reason, outcome.message);
  }
  const run = template.hooks?.[call.hook] as HookFunction | undefined;
  if (run === undefined) return { kind: 'ok' };
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(failed('timed-out', `gave no answer within ${deadlineMs} ms`)),
      deadlineMs,
    );
  });
  try {
    return (await Promise.race([run(call), deadline])) ?? { kind: 'ok' };
  } catch (error) {
    if (error instanceof HookFailed) throw error;
    throw failed('threw', error instanceof Error ? error.message : String(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
