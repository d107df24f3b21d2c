/** Writes into the activity log what the dispatcher did. */
import { timeAfter } from '../model/clock.ts';
import type { LogLine } from '../model/logLine.ts';
import type { Context } from '../runtime/context.ts';

/** What is noted twice, with the same time and id, stands there once. */
export async function noteActivity(context: Context, lines: readonly LogLine[]): Promise<void> {
  if (lines.length === 0) return;
  const { logDays } = await context.configuration.get();
  await context.logs.add('activity', lines, logDays);
}

/** Notes what has just been corrected by a write that nobody else can have made. */
export function noteCorrection(context: Context, what: string, text: string): Promise<void> {
  return noteActivity(context, [
    { at: timeAfter(context.clock), id: context.newToken(), user: null, what, text },
  ]);
}
