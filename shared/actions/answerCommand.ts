/** A node says what became of a command. */
import type { CommandAnswer } from '../model/command.ts';
import type { Context } from '../runtime/context.ts';
import { getSessionState, type NodeSession } from './claimChunk.ts';

/** Keeps the answer and gives the command no more. Also one whose hour is over: what runs long answers late. */
export async function answerCommand(
  context: Context,
  caller: NodeSession,
  commandId: string,
  answer: CommandAnswer,
): Promise<void> {
  await getSessionState(context, caller);
  await context.commands.answer(caller.nodeId, commandId, answer);
}
