import type { Command } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

type Failure = Operations['templateGetHookFailures']['output']['failures'][number];

/** More are not kept, but for an hour. */
const MOST = 10_000;

export function addHookFailures(hooks: Command): void {
  hooks
    .command('failures', { isDefault: true })
    .summary('show them; the same as hooks alone')
    .description('Shows the hooks that have failed and did not run well since.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect<Failure>(MOST, async (page) => {
        const { failures, nextPageToken } = await client.templateGetHookFailures({ ...page });
        return { entries: failures, nextPageToken };
      });
      screen.answer({
        json: () => ({ failures: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No hook has failed.']
            : table<Failure>(
                entries,
                [
                  { title: 'KEY', cell: ({ key }) => key },
                  { title: 'TEMPLATE', align: 'right', cell: ({ templateId }) => String(templateId) },
                  { title: 'TIMES', align: 'right', cell: ({ count }) => String(count) },
                  { title: 'GIVEN UP', rank: 1, cell: ({ isGivenUp }) => (isGivenUp ? 'yes' : '') },
                  { title: 'LAST', rank: 2, cell: ({ lastAt }) => lastAt },
                  { title: 'MESSAGE', rank: 3, shrinksTo: 16, cell: ({ message }) => message },
                ],
                screen.width(),
                screen.paint,
              ),
        quiet: () => entries.map(({ key }) => key),
      });
    });
}
