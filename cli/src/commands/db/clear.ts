import { Argument, type Command, Option } from 'commander';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { counted } from '../../output/format.ts';
import { openSession } from '../../session.ts';
import { parseMoment } from './range.ts';

interface Options extends Confirmable {
  readonly from?: string;
  readonly to: string;
}

export function addClear(db: Command): void {
  db.command('clear')
    .addArgument(new Argument('<what>', 'what to clear').choices(['statistics', 'history']))
    .summary('clear statistics or history up to a time')
    .description(
      'Clears samples of the statistics, or attempts from history, between two times. What is too much for one call is cleared by the dispatcher within the next minutes. Asks first; without a terminal nothing is cleared unless --yes is given.',
    )
    .addOption(
      new Option('--from <time>', 'from this time on (the beginning if not given)').argParser(parseMoment),
    )
    .addOption(
      new Option('--to <time>', 'to this time, such as 2026-01-31 or now')
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .addOption(yesOption())
    .action(async (what: 'statistics' | 'history', options: Options, command: Command) => {
      const { from: start = null, to: end } = options;
      const since = start === null ? '' : ` from ${start}`;
      await assertConfirmed(options, 'cleared', () => `Clear ${what}${since} to ${end}?`);
      const { client, screen } = openSession(command);
      const answer = await (what === 'statistics'
        ? client.dbClearStatisticsBounds({ start, end })
        : client.dbClearHistoryBounds({ start, end }));
      screen.answer({
        json: () => answer,
        text: () => [
          `Cleared ${counted(answer.removedCount, what === 'statistics' ? 'sample' : 'attempt')}.`,
          ...(answer.remaining === null
            ? []
            : [`The rest, from ${answer.remaining.start} on, is cleared within the next minutes.`]),
        ],
      });
    });
}
