import { type Command, Option } from 'commander';
import type { Node } from '../../../../client/src/generated.ts';
import { listNodes } from '../../nodes.ts';
import { nodeTable } from '../../output/nodeTable.ts';
import { openSession } from '../../session.ts';

export interface NodeFilter {
  readonly status?: Node['status'];
  readonly pool?: string;
}

export function addListNodes(nodes: Command): void {
  nodes
    .command('list', { isDefault: true })
    .summary('show them; the same as nodes alone')
    .description('Shows the nodes of the farm.')
    .addOption(statusOption())
    .option('--pool <name>', 'only nodes in this pool')
    .action(async (filter: NodeFilter, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await listNodes(client, filter);
      screen.answer({
        json: () => ({ nodes: entries, isComplete }),
        text: () => (entries.length === 0 ? ['No nodes.'] : nodeTable(entries, screen, Date.now())),
        quiet: () => entries.map(({ id }) => String(id)),
      });
    });
}

export const statusOption = (): Option =>
  new Option('--status <status>', 'only nodes with this status').choices([
    'offline',
    'idle',
    'working',
    'paused',
  ]);
