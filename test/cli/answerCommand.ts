import type { Command, CommandAnswer } from '../../client/src/generated.ts';
import type { FakeNode } from '../support/fakeNode.ts';

/** Waits for the next command of a node, as an agent does, and answers it. */
export async function answerCommand(node: FakeNode, answer: CommandAnswer): Promise<Command> {
  const { client, session } = node;
  for (;;) {
    const [first] = (await client.nodeFetchCommands({ session })).commands;
    if (first === undefined) continue;
    await client.nodeAnswerCommand({ session, commandId: first.commandId, ...answer });
    return first.command;
  }
}

export const itDid = { ok: true, exitCode: null, output: '' } as const;
