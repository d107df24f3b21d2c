import type { Command } from 'commander';
import type { Client } from '../../../client/src/client.ts';
import { newestJobs } from '../newestJobs.ts';
import { listNodes } from '../nodes.ts';
import { openSession } from '../session.ts';
import { printChanges } from '../watching/changePrinter.ts';
import { jobChanges, nodeChanges } from '../watching/changes.ts';
import { poll } from '../watching/poll.ts';
import { intervalOption } from './watch.ts';

const DEFAULT_INTERVAL_SECONDS = 5;
/** Each look reads them all; what changes lies among the newest. */
const MOST_JOBS = 1_000;

export function addEvents(program: Command): void {
  program
    .command('events')
    .summary('print what changes on the farm, line by line')
    .description(
      'Prints what changes on the farm until Ctrl-C: jobs and nodes that come, change and go, one a line, with --json a ' +
        `JSON document a line. It looks at the newest ${MOST_JOBS} jobs and at all nodes every few seconds, so of changes ` +
        'between two looks it tells the last.',
    )
    .addOption(intervalOption(DEFAULT_INTERVAL_SECONDS))
    .action(async ({ interval }: { interval: number }, command: Command) => {
      const { client, screen } = openSession(command);
      let before = await lookAt(client);
      screen.note('Watching for changes; Ctrl-C ends.');
      await poll(
        interval,
        async () => {
          const now = await lookAt(client);
          const changes = [
            ...jobChanges(before.jobs.entries, now.jobs.entries, now.jobs.isComplete),
            ...nodeChanges(before.nodes.entries, now.nodes.entries),
          ];
          printChanges(screen, changes, new Date());
          before = now;
          return true;
        },
        (trouble) => screen.note(trouble),
      );
    });
}

async function lookAt(client: Client) {
  const [jobs, nodes] = await Promise.all([newestJobs(client, MOST_JOBS), listNodes(client)]);
  return { jobs, nodes };
}
