import type { Command } from 'commander';
import { parseNumber } from '../../arguments/ids.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

const DEFAULT_LINES = 50;

export function addLastLines(log: Command): void {
  log
    .command('last', { isDefault: true })
    .summary('show its last lines; the same as log alone')
    .description('Shows the last lines of the live log, oldest first.')
    .option('-n, --lines <count>', 'so many, 1,000 at most', parseNumber(1), DEFAULT_LINES)
    .action(async ({ lines: limit }: { lines: number }, command: Command) => {
      const { client, screen } = openSession(command);
      const { lines } = await client.logGetList({ limit });
      screen.answer({ json: () => ({ lines }), text: () => lines.map(printable) });
    });
}
