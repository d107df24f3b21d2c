import { type Command, Option } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import { parseId } from '../../arguments/ids.ts';
import { usageError } from '../../failure.ts';
import { counted } from '../../output/format.ts';
import { openSession } from '../../session.ts';
import { forEachNode } from './forEachNode.ts';

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

export function addKill(nodes: Command): void {
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
