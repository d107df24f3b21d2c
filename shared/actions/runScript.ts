/** Runs a file in the host of hooks, and waits for its end. */
import type { HookSource } from '../contract/hooks.ts';
import { DispatcherError } from '../errors.ts';
import type { HookFailure } from '../hookHost/hookHost.ts';
import type { Context } from '../runtime/context.ts';
import { addHookToken } from './callHostedHook.ts';
import type { Once } from './once.ts';

export interface Script {
  readonly language: HookSource['language'];
  readonly file: string;
  readonly source: string;
  readonly seconds: number;
}

/** What it printed, and why it failed if it did. A request that comes again while it runs does not run it again. */
export async function runScript(
  context: Context,
  { language, file, source, seconds }: Script,
  once: Once,
): Promise<{ output: string; failure: { reason: HookFailure['reason']; message: string } | null }> {
  const { isRepeat } = await once.reserve(async () => null);
  if (isRepeat) {
    throw new DispatcherError('try-again', {
      reason: `${file} was begun by this request before and has not ended, or was broken off`,
    });
  }
  const deadlineMs = seconds * 1_000;
  // What it submits is as far from a person as what a hook does.
  const token = await addHookToken(context, `script ${file}`.slice(0, 255), 1, deadlineMs);
  const outcome = await context.hookHost.runScript({ language, file, source, deadlineMs, token });
  if (outcome.kind === 'ended') return { output: outcome.output, failure: null };
  const { reason, message, output } = outcome;
  return { output, failure: { reason, message } };
}
