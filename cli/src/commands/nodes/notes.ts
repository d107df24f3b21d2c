import type { Command } from 'commander';
import { getNode } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addNotes(nodes: Command): void {
  nodes
    .command('notes')
    .argument('<node>', 'id or name of a node')
    .argument('[text]', 'the new notes')
    .summary('show or set the notes of a node')
    .description("Shows the notes of a node, or sets them; '' empties them.")
    .action(async (nodeOrId: string, text: string | undefined, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const node = await getNode(client, nodeOrId);
      if (text !== undefined) await client.nodeSetNotes({ id: node.id, notes: text });
      const notes = text ?? node.notes;
      screen.answer({
        json: () => ({ id: node.id, notes }),
        text: () =>
          text === undefined
            ? notes
                .split('\n')
                .filter((line) => line !== '')
                .map(printable)
            : [`Set the notes of node ${printable(node.name)}.`],
      });
    });
}
