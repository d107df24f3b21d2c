import type { Command } from 'commander';
import { parseFolder, parseMoreIds, ROOT_ID } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

export function addMove(program: Command): void {
  program
    .command('move')
    .argument('<id...>', 'ids of jobs or folders', parseMoreIds)
    .summary('move jobs into another folder')
    .description('Moves jobs or folders into another folder.')
    .requiredOption('--to <folder>', 'id of the folder, or root', parseFolder)
    .action(async (ids: number[], { to }: { to: number }, command: Command) => {
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobReparent({ id, newParentId: to }));
      const place = to === ROOT_ID ? 'the root' : `folder ${to}`;
      answerOutcome(screen, outcome, (done) => `Moved ${jobsText(done)} to ${place}.`);
    });
}
