import type { Command } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import type { Operations } from '../../../../client/src/generated.ts';
import { counted, fullTime, shortTime } from '../../output/format.ts';
import { printable } from '../../output/printable.ts';
import type { Screen } from '../../output/screen.ts';
import { table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

type Outcome = Operations['systemGetNodesNetworkScan']['output'];
type Scanned = Outcome['nodes'][number];

/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST = 100_000;

export function addScan(system: Command): void {
  system
    .command('scan')
    .summary('ask every node to answer')
    .description(
      'Asks every registered node to answer and wakes machines of those that are offline. --result shows who has not answered: ' +
        'until five minutes have passed they are awaited, then silent.',
    )
    .option('--result', 'show what came of the last scan instead of starting one')
    .action(async ({ result = false }: { result?: boolean }, command: Command) => {
      const { client, screen } = openSession(command);
      if (result) {
        await showResult(client, screen);
        return;
      }
      const { startedAt, answerBy } = await client.systemStartNodesNetworkScan({});
      screen.answer({
        json: () => ({ startedAt, answerBy }),
        text: () => [
          `Every node is asked to answer by ${fullTime(answerBy)}; rollcall system scan --result shows who does not.`,
        ],
      });
    });
}

async function showResult(client: Client, screen: Screen): Promise<void> {
  let scan: Outcome['scan'] | undefined;
  const { entries, isComplete } = await collect<Scanned>(MOST, async (page) => {
    const outcome = await client.systemGetNodesNetworkScan({ ...page });
    scan = outcome.scan;
    return { entries: outcome.nodes, nextPageToken: outcome.nextPageToken };
  });
  const missing = entries.filter(({ answer }) => answer !== 'answered');
  screen.answer({
    json: () => ({ scan, nodes: entries, isComplete }),
    text: () => [
      `${counted(entries.length - missing.length, 'node')} answered, ${missing.length} did not${woken(scan)}.`,
      ...(scan?.unreached ?? []).map(
        ({ rule, nodeCount }) => `Cannot wake ${counted(nodeCount, 'node')}: ${printable(rule)}.`,
      ),
      ...(missing.length === 0 ? [] : missingTable(missing, screen)),
    ],
    quiet: () => missing.map(({ id }) => String(id)),
  });
}

const woken = (scan: Outcome['scan'] | undefined): string =>
  scan?.wokenNodeCount ? `; ${scan.wokenNodeCount} to be woken` : '';

const missingTable = (missing: readonly Scanned[], screen: Screen): string[] =>
  table<Scanned>(
    missing,
    [
      { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
      { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
      { title: 'STATUS', cell: ({ status }) => status },
      { title: 'ANSWER', cell: ({ answer }) => answer },
      { title: 'SEEN', cell: ({ lastSeenAt }) => shortTime(lastSeenAt, Date.now()) },
    ],
    screen.width(),
    screen.paint,
  );
