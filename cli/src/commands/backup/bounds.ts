import type { Command } from 'commander';
import { counted, fullTime } from '../../output/format.ts';
import { openSession } from '../../session.ts';

export function addBackupBounds(backup: Command): void {
  backup
    .command('bounds')
    .summary('show how much is in the archive')
    .description('Shows how many backups there are, and when the first and the last of them was made.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const bounds = await client.backupGetBoundaries({});
      const { jobsCount, firstAt, lastAt } = bounds;
      screen.answer({
        json: () => bounds,
        text: () => [
          firstAt === null || lastAt === null
            ? 'The archive is empty.'
            : `${counted(jobsCount, 'backup')}, from ${fullTime(firstAt)} to ${fullTime(lastAt)}.`,
        ],
        quiet: () => [String(jobsCount)],
      });
    });
}
