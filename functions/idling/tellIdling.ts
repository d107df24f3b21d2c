/** Tells templates that have `onDispatcherIdling` of this minute, by the hook queue: each once, however often the tick runs. */
import { templatesWithHook } from '../../shared/actions/templatesWithHooks.ts';
import { isoTime } from '../../shared/model/time.ts';
import type { Context } from '../../shared/runtime/context.ts';

const MINUTE_MS = 60_000;

export async function tellIdling(context: Context): Promise<number> {
  const templates = await templatesWithHook(context, 'onDispatcherIdling');
  const minute = isoTime(context.clock.now() - (context.clock.now() % MINUTE_MS));
  for (const { id } of templates) {
    await context.hookQueue.send({ hook: 'onDispatcherIdling', templateId: id, minute });
  }
  return templates.length;
}
