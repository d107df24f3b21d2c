import { Argument, type Command } from 'commander';
import { openSession } from '../../session.ts';

const databases = ['queue', 'history', 'backup'] as const;

export function addFlush(db: Command): void {
  db.command('flush')
    .addArgument(new Argument('[database]', 'which one').choices(databases).default('queue'))
    .summary('wait until what was written has been followed')
    .description(
      'Waits until everything that was written before has come through the change feed, into history for instance; twenty seconds at most.',
    )
    .action(async (database: (typeof databases)[number], _: object, command: Command) => {
      const { client, screen } = openSession(command);
      if (database === 'queue') await client.dbFlush({});
      else if (database === 'history') await client.dbHistoryFlush({});
      else await client.dbBackupFlush({});
      screen.answer({ json: () => ({}), text: () => ['Everything that was written has come through.'] });
    });
}
