import type { Command } from 'commander';
import type { Node } from '../../../../client/src/generated.ts';
import { templateName } from '../../arguments/template.ts';
import { getNode } from '../../nodes.ts';
import { counted, fullTime, percent, size } from '../../output/format.ts';
import { type Pair, pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import type { Screen } from '../../output/screen.ts';
import { nodeStatus } from '../../output/styles.ts';
import { openSession } from '../../session.ts';

export function addShowNode(nodes: Command): void {
  nodes
    .command('show')
    .argument('<node>', 'id or name of a node')
    .summary('show one node')
    .description('Shows one node: what it does, what it is, and what it is kept from.')
    .action(async (nodeOrId: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const node = await getNode(client, nodeOrId);
      screen.answer({ json: () => ({ node }), text: () => nodeLines(node, screen) });
    });
}

function nodeLines(node: Node, screen: Screen): string[] {
  const { paint } = screen;
  const { load } = node;
  const status = nodeStatus(node);
  const excluded = (entry: Node['excludedJobs'][number], what: string): Pair => [
    'Kept from',
    `${what} since ${fullTime(entry.since)}: ${entry.reason}`,
  ];
  return [
    `${paint('dim', String(node.id))}  ${paint('bold', printable(node.name))}  ${paint(status.style, status.text)}`,
    '',
    ...pairs(
      [
        ['Works on', node.jobId === null ? '' : `job ${node.jobId}, chunk ${node.chunkId}`],
        ['Done', node.jobId === null ? '' : percent(node.progress)],
        ['Pools', node.pools.join(', ')],
        ['Notes', node.notes],
        ['Machine', `${node.host}, ${node.platform} ${node.architecture}`],
        ['Processor', processor(node)],
        ['Memory', size(node.memoryMb) + (load ? `, ${size(load.freeMemoryMb)} free` : '')],
        ['Load', load ? `${Math.round(load.cpu)} % CPU, ${size(load.freeDiskMb)} of disk space free` : ''],
        ['Software', node.software.map(({ name, version }) => `${name} ${version}`).join(', ')],
        ['Network', node.interfaces.map(({ mac, cidr }) => `${cidr} (${mac})`).join(', ')],
        ['Priority', node.processPriority === 'normal' ? '' : node.processPriority],
        ['Live log', node.realtimeLog ? 'on' : ''],
        ['Agent', node.agentVersion],
        ['Registered', fullTime(node.registeredAt)],
        ['Last seen', node.lastSeenAt === null ? '' : fullTime(node.lastSeenAt)],
        ...node.excludedJobs.map((entry) => excluded(entry, `job ${entry.id}`)),
        ...node.excludedTemplates.map((entry) => excluded(entry, templateName(entry.id))),
      ],
      screen,
    ),
  ];
}

/** Not every machine tells its speed. */
function processor({ cores, threads, speedMhz }: Node): string {
  const parts = [counted(cores, 'core'), counted(threads, 'thread')];
  return [...parts, ...(speedMhz > 0 ? [`${speedMhz} MHz`] : [])].join(', ');
}
