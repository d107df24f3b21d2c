import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { openSession } from '../session.ts';
import { printChanges } from '../watching/changePrinter.ts';
import { FarmNews } from '../watching/farmNews.ts';
import { openHearing } from '../watching/hearing.ts';
import { poll } from '../watching/poll.ts';
import { intervalOption } from './watch.ts';

const DEFAULT_INTERVAL_SECONDS = 5;
/** What changes lies among the newest. */
const MOST_JOBS = 1_000;

export function addEvents(program: Command): void {
  program
    .command('events')
    .summary('print what changes on the farm, line by line')
    .description(
      'Prints what changes on the farm until Ctrl-C: jobs and nodes that come, change and go, one a line, with --json a ' +
        'JSON document a line. The dispatcher tells what changes, and each second at most; while it cannot, the newest ' +
        `${MOST_JOBS} jobs and all nodes are looked at every few seconds. Of changes in between the last is told.`,
    )
    .addOption(intervalOption(DEFAULT_INTERVAL_SECONDS))
    .action(async ({ interval }: { interval: number }, command: Command) => {
      const session = openSession(command);
      const { client, screen } = session;
      const farm = new FarmNews(client, MOST_JOBS);
      const hearing = openHearing(session, {
        subscriptions: [{ topic: 'jobs' }, { topic: 'nodes' }],
        intervalSeconds: interval,
        onNews: (news) => farm.add(news),
        onTrouble(text) {
          if (text !== undefined) screen.note(text);
        },
      });
      await hearing.begun;
      await farm.look();
      screen.note('Watching for changes; Ctrl-C ends.');
      await poll(
        interval,
        async () => {
          if (!hearing.isOn()) farm.add('all');
          printChanges(screen, await farm.look(), new Date());
          return true;
        },
        (trouble) => screen.note(trouble),
        async (milliseconds) => {
          // What could not be read is read again after a while; otherwise there is nothing to look at without news.
          await hearing.pause(hearing.isOn() && !farm.isWaiting ? undefined : milliseconds);
          await delay(farm.restMs(milliseconds));
        },
      );
    });
}
