import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { usageError } from '../failure.ts';
import { openSession, type Session } from '../session.ts';
import { follow } from '../watching/follow.ts';

/** Each look is a request that somebody pays for. */
const DEFAULT_INTERVAL_SECONDS = 2;
const LEAST_INTERVAL_SECONDS = 0.05;

export function addWatch(program: Command): void {
  program
    .command('watch')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('follow jobs until they end')
    .description(
      'Follows jobs until each has ended. In a terminal one bar a job is drawn again and again; elsewhere each change is a ' +
        'line, with --json a JSON document a line. Ends with 0 if all completed, with or without warnings, 7 if one failed, ' +
        '3 if one was deleted.',
    )
    .addOption(intervalOption())
    .action(async (ids: number[], { interval }: { interval: number }, command: Command) => {
      const session = openSession(command);
      await assertJobs(session, ids);
      process.exitCode = await follow(session, ids, interval);
    });
}

/** How often to look. */
export const intervalOption = (seconds = DEFAULT_INTERVAL_SECONDS): Option =>
  new Option('--interval <seconds>', 'how often to look').default(seconds).argParser((text) => {
    const given = Number(text);
    if (text.trim() !== '' && given >= LEAST_INTERVAL_SECONDS && given <= 3_600) return given;
    throw new InvalidArgumentError(`It must be from ${LEAST_INTERVAL_SECONDS} to 3600.`);
  });

/** A folder never ends. */
async function assertJobs({ client }: Session, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const { job } = await client.jobGet({ id });
    if (job.type === 'folder') {
      throw usageError(`${id} is a folder; watch the jobs in it: rollcall list --parent ${id}`);
    }
  }
}
