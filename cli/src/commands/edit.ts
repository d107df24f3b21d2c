import type { Command } from 'commander';
import { parseId } from '../arguments/ids.ts';
import { addJobOptions, type JobOptions, jobFields } from '../arguments/jobOptions.ts';
import { usageError } from '../failure.ts';
import { printable } from '../output/printable.ts';
import { openSession } from '../session.ts';

export function addEdit(program: Command): void {
  const command = program
    .command('edit')
    .argument('<id>', 'id of a job or folder', parseId)
    .summary('change a job')
    .description(
      "Changes what is given and leaves the rest. '' empties a list, as in --pool ''. Frames, packets and chunk order can " +
        'be changed as long as no chunk was handed out, or after reinit.',
    );
  addJobOptions(command)
    .option('--emergency', 'goes before every job that is not an emergency')
    .option('--no-emergency', 'waits its turn again')
    .action(async (id: number, options: JobOptions, action: Command) => {
      const changes = jobFields(options);
      if (Object.keys(changes).length === 0) {
        throw usageError('say what to change, such as --priority 80; rollcall edit --help lists what can be');
      }
      const { client, screen } = openSession(action);
      const { job } = await client.jobEdit({ id, changes });
      screen.answer({ json: () => ({ job }), text: () => [`Changed job ${id}, ${printable(job.name)}.`] });
    });
}
