import type { Command } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import { usageError } from '../../failure.ts';
import { getNode } from '../../nodes.ts';
import { counted } from '../../output/format.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

/** What the dispatcher calls all nodes. */
const ALL_NODES = -1;

export function addMessage(nodes: Command): void {
  nodes
    .command('message')
    .usage('[options] <node> <text> | --all <text>')
    .argument('<words...>', 'id or name of a node, and the text; the text alone with --all')
    .summary('send a message to a node or to all')
    .description(
      'Sends a message to a node, or with --all to every node that is online. A node that is offline gets it if it comes ' +
        'back within the hour.',
    )
    .option('--all', 'every node that is online')
    .action(async (words: string[], { all = false }: { all?: boolean }, command: Command) => {
      const { client, screen } = openSession(command);
      const { id, text } = await addressee(client, words, all);
      const sent = await client.sendMessageToNode({ id, message: text, brodcast: all });
      const to = all ? counted(sent.nodeCount, 'node') : `node ${printable(words[0] ?? '')}`;
      screen.answer({
        json: () => sent,
        text: () => [
          sent.delivery === 'waits'
            ? `The message waits for ${to}, which is offline.`
            : `Sent the message to ${to}.`,
        ],
        quiet: () => [sent.commandId],
      });
    });
}

async function addressee(
  client: Client,
  words: readonly string[],
  all: boolean,
): Promise<{ readonly id: number; readonly text: string }> {
  const [first = '', second] = words;
  if (words.length !== (all ? 1 : 2)) {
    throw usageError(
      all
        ? "with --all there is one text and no node; put it in quotes: rollcall nodes message --all 'TEXT'"
        : "name a node and one text in quotes: rollcall nodes message NODE 'TEXT'",
    );
  }
  return all || second === undefined
    ? { id: ALL_NODES, text: first }
    : { id: (await getNode(client, first)).id, text: second };
}
