/** Says of a hook that failed that it did: in the log, and in the list of failures. */
import type { HookMessage } from '../contract/queueMessages.ts';
import type { Context } from '../runtime/context.ts';
import type { HookFailed } from './callHook.ts';

/** Longer texts of hooks are cut. */
const MOST_CHARACTERS = 4_000;

export interface FailedCall {
  readonly key: string;
  readonly templateId: number;
  readonly jobId: number | null;
  /** What runs the hook again; null for one that answers a question. */
  readonly retry: HookMessage | null;
}

/** Answers with how often the hook has failed under this key. */
export async function noteHookFailure(
  context: Context,
  { hook, reason, message }: HookFailed,
  failed: FailedCall,
): Promise<number> {
  const { key, templateId, jobId } = failed;
  context.logger.log('hook-failed', { key, templateId, hook, jobId, reason });
  return context.hookFailures.note({ ...failed, hook, reason, message: message.slice(0, MOST_CHARACTERS) });
}
