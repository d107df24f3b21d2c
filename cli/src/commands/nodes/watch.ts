import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Node } from '../../../../client/src/generated.ts';
import { clockTime, counted } from '../../output/format.ts';
import { openLiveBlock } from '../../output/liveBlock.ts';
import { nodeTable } from '../../output/nodeTable.ts';
import type { Screen } from '../../output/screen.ts';
import { shorten } from '../../output/width.ts';
import { openSession } from '../../session.ts';
import { printChanges } from '../../watching/changePrinter.ts';
import { nodeChanges } from '../../watching/changes.ts';
import { FarmNews } from '../../watching/farmNews.ts';
import { openHearing } from '../../watching/hearing.ts';
import { poll } from '../../watching/poll.ts';
import { intervalOption } from '../watch.ts';
import { type NodeFilter, statusOption } from './list.ts';

/** The line below the table, the one for trouble, and the cursor's own. */
const OTHER_ROWS = 3;
/** Load and progress are not told. Nodes that work tell them every half a minute. */
const LOADS_MS = 15_000;
const statuses: readonly Node['status'][] = ['working', 'idle', 'paused', 'offline'];

export function addWatchNodes(nodes: Command): void {
  nodes
    .command('watch')
    .summary('show nodes again and again')
    .description(
      'Shows the nodes of the farm until Ctrl-C. In a terminal the table is drawn again and again; elsewhere each change is ' +
        'a line, with --json a JSON document a line. The dispatcher tells what changes; while it cannot, the nodes are looked ' +
        'at every few seconds.',
    )
    .addOption(statusOption())
    .option('--pool <name>', 'only nodes in this pool')
    .addOption(intervalOption())
    .action(async ({ interval, ...filter }: NodeFilter & { interval: number }, command: Command) => {
      const session = openSession(command);
      const { client, screen } = session;
      const isTable = screen.isTerminal && !screen.isJson;
      const view = isTable ? tableView(screen) : lineView(screen);
      const farm = new FarmNews(client, 0);
      const hearing = openHearing(session, {
        subscriptions: [{ topic: 'nodes' }],
        intervalSeconds: interval,
        onNews: (news) => farm.add(news),
        onTrouble(text) {
          if (text !== undefined) view.trouble(text);
        },
      });
      await hearing.begun;
      const look = async (): Promise<boolean> => {
        if (!hearing.isOn() || (isTable && !farm.isWaiting)) farm.add('all');
        await farm.look();
        view.show(farm.nodes.filter((node) => isWanted(node, filter)));
        return true;
      };
      await look();
      await poll(interval, look, view.trouble, async (milliseconds) => {
        const isTold = hearing.isOn() && !farm.isWaiting;
        await hearing.pause(isTold ? (isTable ? Math.max(milliseconds, LOADS_MS) : undefined) : milliseconds);
        await delay(farm.restMs(milliseconds));
      });
    });
}

const isWanted = ({ status, pools }: Node, wanted: NodeFilter): boolean =>
  (wanted.status === undefined || status === wanted.status) &&
  (wanted.pool === undefined || pools.includes(wanted.pool));

interface View {
  show(nodes: readonly Node[]): void;
  trouble(text: string): void;
}

function tableView(screen: Screen): View {
  const block = openLiveBlock(process.stdout);
  let lines: readonly string[] = [];
  return {
    show(nodes) {
      lines = rowsThatFit(nodeTable(nodes, screen, Date.now()), nodes, screen);
      block.draw(lines);
    },
    trouble: (text) => block.draw([...lines, screen.paint('yellow', shorten(text, screen.width()))]),
  };
}

/** A block that scrolls cannot be drawn over: what does not fit is counted. */
function rowsThatFit(table: readonly string[], nodes: readonly Node[], screen: Screen): string[] {
  const rows = Math.max(2, process.stdout.rows - OTHER_ROWS);
  const shown = table.slice(0, rows);
  const hidden = table.length - shown.length;
  const counts = statuses
    .map((status) => ({ status, count: nodes.filter((node) => node.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`);
  const parts = [
    clockTime(new Date()),
    [counted(nodes.length, 'node'), ...counts].join(', '),
    ...(hidden > 0 ? [`${hidden} more below`] : []),
  ];
  return [...shown, screen.paint('dim', shorten(parts.join('  '), screen.width()))];
}

function lineView(screen: Screen): View {
  let before: readonly Node[] | undefined;
  return {
    show(nodes) {
      printChanges(screen, nodeChanges(before ?? [], nodes), new Date());
      before = nodes;
    },
    trouble: (text) => screen.note(text),
  };
}
