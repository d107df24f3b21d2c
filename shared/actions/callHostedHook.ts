/** Calls a hook of a pushed template: elsewhere, with its text and a token that dies with it. */
import { templateSourceName } from '../blobs/blobStore.ts';
import { unpack } from '../blobs/packing.ts';
import type { HookCall, HookSource, Template } from '../contract/hooks.ts';
import type { HookOutcome } from '../hookHost/hookHost.ts';
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';

/** A call that was begun in time may end a little later. */
const TOKEN_SECONDS_MORE = 60;

export async function callHostedHook(
  context: Context,
  { name }: Template,
  { language, file, sha256 }: HookSource,
  call: HookCall,
  deadlineMs: number,
): Promise<HookOutcome> {
  const source = await context.templates.findText(sha256, async () => {
    const packed = await context.blobs.read(templateSourceName(sha256, language));
    if (packed === undefined)
      throw new Error(`the text of template ${name}, ${file}, is not among the blobs`);
    return (await unpack(packed)).toString('utf8');
  });
  const token = await addHookToken(context, `hook ${name}`, call.depth + 1, deadlineMs);
  const outcome = await context.hookHost.callHook({ language, file, source, name, call, deadlineMs, token });
  if (outcome.output !== '') {
    const { hook, key } = call;
    context.logger.log('hook-printed', { template: name, hook, key, output: outcome.output });
  }
  return outcome;
}

/** A token for what runs in the host of hooks, which acts under this name. */
export async function addHookToken(
  context: Context,
  name: string,
  depth: number,
  deadlineMs: number,
): Promise<string> {
  const token = context.newToken();
  const expiresAt = timeAfter(context.clock, Math.ceil(deadlineMs / 1_000) + TOKEN_SECONDS_MORE);
  await context.tokens.add(token, { kind: 'hook', name, depth }, { expiresAt });
  return token;
}
