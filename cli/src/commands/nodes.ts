import { type Command, Option } from 'commander';
import type { Client } from '../../../client/src/client.ts';
import type { Node } from '../../../client/src/generated.ts';
import { parseId, parseNumber } from '../arguments/ids.ts';
import { templateName } from '../arguments/template.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { usageError } from '../failure.ts';
import { getNode, listNodes } from '../nodes.ts';
import { counted, fullTime, percent, shortTime, size } from '../output/format.ts';
import { type Pair, pairs } from '../output/pairs.ts';
import { printable } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import { nodeStatus } from '../output/styles.ts';
import { table } from '../output/table.ts';
import { openSession } from '../session.ts';

const NODES = ['<node...>', 'ids or names of nodes'] as const;

export function addNodes(program: Command): void {
  const nodes = program
    .command('nodes')
    .summary('show and command nodes')
    .description(
      'Shows the nodes of the farm, or commands some of them. A node is meant by its id or its name.',
    );
  addListNodes(nodes);
  addShowNode(nodes);
  addPauseNodes(nodes);
  addForEach(nodes, 'resume', 'let paused nodes take chunks again', 'Resumed', (client, id) =>
    client.nodeResume({ id }),
  );
  addKill(nodes);
  addNotes(nodes);
  addReadmit(nodes);
  addForEach(
    nodes,
    'remove',
    'forget nodes that are offline; their names are free again',
    'Removed',
    (client, id) => client.nodeRemoveRegistration({ id }),
  );
}

function addListNodes(nodes: Command): void {
  nodes
    .command('list', { isDefault: true })
    .summary('show them; the same as nodes alone')
    .description('Shows the nodes of the farm.')
    .addOption(
      new Option('--status <status>', 'only nodes with this status').choices([
        'offline',
        'idle',
        'working',
        'paused',
      ]),
    )
    .option('--pool <name>', 'only nodes in this pool')
    .action(async (filter: { status?: Node['status']; pool?: string }, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await listNodes(client, filter);
      screen.answer({
        json: () => ({ nodes: entries, isComplete }),
        text: () => (entries.length === 0 ? ['No nodes.'] : nodeTable(entries, screen)),
        quiet: () => entries.map(({ id }) => String(id)),
      });
    });
}

function nodeTable(nodes: readonly Node[], screen: Screen): string[] {
  const now = Date.now();
  return table<Node>(
    nodes,
    [
      { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
      { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
      { title: 'STATUS', cell: nodeStatus },
      {
        title: 'WORKS ON',
        cell: ({ jobId, chunkId }) => (jobId === null ? '' : `job ${jobId}, chunk ${chunkId}`),
      },
      {
        title: 'DONE',
        align: 'right',
        rank: 5,
        cell: ({ jobId, progress }) => (jobId === null || progress === 0 ? '' : percent(progress)),
      },
      { title: 'POOLS', rank: 2, shrinksTo: 10, cell: ({ pools }) => pools.join(', ') },
      {
        title: 'CPU',
        align: 'right',
        rank: 4,
        cell: ({ load }) => (load ? `${Math.round(load.cpu)} %` : ''),
      },
      {
        title: 'FREE MEM',
        align: 'right',
        rank: 6,
        cell: ({ load }) => (load ? size(load.freeMemoryMb) : ''),
      },
      {
        title: 'FREE DISK',
        align: 'right',
        rank: 7,
        cell: ({ load }) => (load ? size(load.freeDiskMb) : ''),
      },
      { title: 'CORES', align: 'right', rank: 8, cell: ({ cores }) => String(cores) },
      {
        title: 'SYSTEM',
        rank: 9,
        cell: ({ platform, architecture }) => [platform, architecture].join(' '),
      },
      { title: 'SEEN', align: 'right', rank: 3, cell: ({ lastSeenAt }) => shortTime(lastSeenAt, now) },
      { title: 'NOTES', rank: 10, shrinksTo: 16, cell: ({ notes }) => notes },
    ],
    screen.width(),
    screen.paint,
  );
}

function addShowNode(nodes: Command): void {
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

function addForEach(
  nodes: Command,
  name: string,
  summary: string,
  did: string,
  run: (client: Client, id: number) => Promise<unknown>,
): void {
  nodes
    .command(name)
    .argument(...NODES)
    .summary(summary)
    .description(asSentence(summary))
    .action((names: string[], _: object, command: Command) => forEachNode(command, names, did, run));
}

/** Runs a command for each node and tells of them by the names that they were given. */
async function forEachNode(
  command: Command,
  names: readonly string[],
  did: string,
  run: (client: Client, id: number) => Promise<unknown>,
): Promise<void> {
  const { client, screen } = openSession(command);
  const outcome = await eachOf([...new Set(names)], async (name) =>
    run(client, (await getNode(client, name)).id),
  );
  answerOutcome(
    screen,
    outcome,
    (done) => `${did} ${done.length === 1 ? 'node' : 'nodes'} ${done.map(printable).join(', ')}.`,
  );
}

function addPauseNodes(nodes: Command): void {
  nodes
    .command('pause')
    .argument(...NODES)
    .summary('let nodes take no further chunks')
    .description(
      'Lets nodes take no further chunks. They finish the chunk that they have, unless --kill is given.',
    )
    .option('--kill', 'stop the chunk that runs; it goes back into the queue')
    .action((names: string[], { kill = false }: { kill?: boolean }, command: Command) =>
      forEachNode(command, names, 'Paused', (client, id) => client.nodePause({ id, kill })),
    );
}

type KillMode = 'goOn' | 'pause' | 'restart';

const killed: Readonly<Record<KillMode, string>> = {
  goOn: 'Stopped',
  pause: 'Stopped and paused',
  restart: 'Started the chunk again on',
};

const killNode = {
  goOn: (client: Client, id: number) => client.nodeKillProcess({ id }),
  pause: (client: Client, id: number) => client.nodeKillProcessAndPause({ id }),
  restart: (client: Client, id: number) => client.nodeKillProcessAndRestart({ id }),
} as const satisfies Record<KillMode, unknown>;

const killOnJob = {
  goOn: (client: Client, id: number) => client.nodeKillAndGoOnNodesWorkingOnJob({ id }),
  pause: (client: Client, id: number) => client.nodeKillAndPauseNodesWorkingOnJob({ id }),
  restart: (client: Client, id: number) => client.nodeKillAndRedoNodesWorkingOnJob({ id }),
} as const satisfies Record<KillMode, unknown>;

function addKill(nodes: Command): void {
  nodes
    .command('kill')
    .argument('[node...]', 'ids or names of nodes')
    .summary('stop what nodes render')
    .description(
      'Stops what nodes render. Their chunks go back into the queue without penalty and the nodes take their next ones, ' +
        'unless --pause or --restart is given.',
    )
    .option('--job <id>', 'all nodes that work on this job', parseId)
    .option('--pause', 'pause the nodes as well')
    .addOption(new Option('--restart', 'start each chunk again on its node').conflicts('pause'))
    .action(
      async (
        names: string[],
        options: { job?: number; pause?: boolean; restart?: boolean },
        command: Command,
      ) => {
        const { job, pause, restart } = options;
        if (names.length > 0 === (job !== undefined)) throw usageError('name nodes, or a job by --job');
        const mode: KillMode = pause ? 'pause' : restart ? 'restart' : 'goOn';
        if (job === undefined) {
          await forEachNode(command, names, killed[mode], killNode[mode]);
          return;
        }
        const { client, screen } = openSession(command);
        const { nodeIds } = await killOnJob[mode](client, job);
        screen.answer({
          json: () => ({ nodeIds }),
          text: () => [`${killed[mode]} ${counted(nodeIds.length, 'node')} of job ${job}.`],
          quiet: () => nodeIds.map(String),
        });
      },
    );
}

function addNotes(nodes: Command): void {
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

function addReadmit(nodes: Command): void {
  nodes
    .command('readmit')
    .argument(...NODES)
    .summary('let nodes take chunks again that they were kept from after failures')
    .description('Lets nodes take chunks of a job or template again that they were kept from after failures.')
    .option('--job <id>', 'the job', parseId)
    .option('--template <id>', 'the template, by number', parseNumber(1, 65_535))
    .action(async (names: string[], options: { job?: number; template?: number }, command: Command) => {
      const { job, template } = options;
      if (job === undefined && template === undefined)
        throw usageError('say for what: --job ID or --template ID');
      await forEachNode(command, names, 'Readmitted', async (client, id) => {
        if (job !== undefined) await client.nodePurgeJobsExclusions({ id, jobId: job });
        if (template !== undefined) await client.nodePurgeTemplatesExclusion({ id, templateId: template });
      });
    });
}

const asSentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
