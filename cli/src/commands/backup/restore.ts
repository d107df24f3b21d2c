import { type Command, Option } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { parseFolder, parseMoreIds } from '../../arguments/ids.ts';
import { eachOf, failures, showFailures } from '../../eachOf.ts';
import { openSession } from '../../session.ts';
import { untilReady } from './untilReady.ts';

interface RestoreOptions {
  readonly duplicate?: boolean;
  readonly parents?: boolean;
  readonly to?: number;
}

export function addRestoreBackup(backup: Command): void {
  backup
    .command('restore')
    .argument('<id...>', 'ids of backups', parseMoreIds)
    .summary('put jobs back into the queue')
    .description(
      'Restores jobs as they were when they were backed up. A job that was deleted comes back under its own id, into the folder ' +
        'that it was in, or to the root if that is gone.',
    )
    .option('--duplicate', 'make another job if this one is in the queue')
    .option('--parents', 'bring back the folders that it was in')
    .addOption(
      new Option('--to <folder>', 'id of another folder, or root')
        .argParser(parseFolder)
        .conflicts('parents'),
    )
    .action(async (ids: number[], { duplicate, parents, to }: RestoreOptions, command: Command) => {
      const { client, screen } = openSession(command);
      const actionMode = [
        ...(duplicate === true ? (['duplicate-entry'] as const) : []),
        ...(parents === true ? (['restore-parents'] as const) : []),
      ];
      const made = new Map<number, Operations['backupRestoreJob']['output']>();
      const outcome = await eachOf(ids, async (id) => {
        const answer = await untilReady(screen, `Backup ${id}`, (requestToken) =>
          client.backupRestoreJob({
            id,
            actionMode,
            ...(to === undefined ? {} : { newParentId: to }),
            requestToken,
          }),
        );
        made.set(id, answer);
      });
      screen.answer({
        json: () => ({
          done: outcome.done.map((id) => ({ backupId: id, jobId: made.get(id)?.id })),
          failed: failures(outcome),
        }),
        text: () => outcome.done.map((id) => `Restored backup ${id} as job ${made.get(id)?.id}.`),
        quiet: () => outcome.done.map((id) => String(made.get(id)?.id)),
      });
      showFailures(screen, outcome);
    });
}
