import { type Command, Option } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { parseMoreIds } from '../../arguments/ids.ts';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { eachOf, failures, showFailures } from '../../eachOf.ts';
import { choicesOf } from '../../operations.ts';
import { counted } from '../../output/format.ts';
import { openSession } from '../../session.ts';
import { untilReady } from './untilReady.ts';

type Mode = NonNullable<Operations['backupJob']['input']['overwriteMode']>;
type Backup = Operations['backupJob']['output'];

interface CreateOptions extends Confirmable {
  readonly existing: Mode;
  readonly delete?: boolean;
}

export function addCreateBackup(backup: Command): void {
  backup
    .command('create')
    .argument('<id...>', 'ids of jobs or folders', parseMoreIds)
    .summary('back up jobs')
    .description(
      'Backs up jobs with all their chunks and history; a folder by itself. A job that could be rendered must be paused first. ' +
        'Long jobs take a while: what is cut off goes on by itself, and the same command carries it on.',
    )
    .addOption(
      new Option('--existing <what>', 'what happens to a backup of the job that is there')
        .choices(choicesOf('backupJob', 'overwriteMode'))
        .default('keep'),
    )
    .option('--delete', 'delete the jobs then; asks first')
    .addOption(yesOption())
    .action(async (ids: number[], options: CreateOptions, command: Command) => {
      const { client, screen } = openSession(command);
      const { existing: overwriteMode } = options;
      if (options.delete === true) {
        const jobs = ids.length === 1 ? `job ${ids[0]}` : `${ids.length} jobs`;
        await assertConfirmed(
          options,
          'backed up and deleted',
          async () => `Delete ${jobs} once the archive has them?`,
        );
      }
      const made = new Map<number, Backup>();
      const outcome = await eachOf(ids, async (id) => {
        const answer = await untilReady(screen, `Job ${id}`, (requestToken) =>
          options.delete === true
            ? client.backupJobAndDelete({ id, overwriteMode, requestToken })
            : client.backupJob({ id, overwriteMode, requestToken }),
        );
        made.set(id, answer);
      });
      const lines = outcome.done.map((id) => lineOf(id, made.get(id), options.delete === true));
      screen.answer({
        json: () => ({
          done: outcome.done.map((id) => ({ jobId: id, ...made.get(id) })),
          failed: failures(outcome),
        }),
        text: () => lines,
        quiet: () => outcome.done.map((id) => String(made.get(id)?.id)),
      });
      showFailures(screen, outcome);
    });
}

function lineOf(jobId: number, backup: Backup | undefined, isDeleted: boolean): string {
  const { id = jobId, jobChunkCount = 0, attemptCount = 0 } = backup ?? {};
  const entry = id === jobId ? '' : ` as ${id}`;
  const content = `${counted(jobChunkCount ?? 0, 'chunk')}, ${counted(attemptCount, 'attempt')}`;
  return `Backed up job ${jobId}${entry}: ${content}.${isDeleted ? ' It is deleted.' : ''}`;
}
