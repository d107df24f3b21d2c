import { type Command, Option } from 'commander';
import type { JobSubmission } from '../../../client/src/generated.ts';
import { parseAssignment } from '../arguments/assignment.ts';
import { parseFolder } from '../arguments/ids.ts';
import { readObject } from '../arguments/inputFile.ts';
import { addJobOptions, type JobOptions, jobFields } from '../arguments/jobOptions.ts';
import { parseTemplate, templateName, templateNames } from '../arguments/template.ts';
import { usageError } from '../failure.ts';
import { counted } from '../output/format.ts';
import { printable, safeJson } from '../output/printable.ts';
import { openSession } from '../session.ts';
import { follow } from '../watching/follow.ts';
import { intervalOption } from './watch.ts';

interface SubmitOptions extends JobOptions {
  readonly template?: number;
  readonly parent?: number;
  readonly paused?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly attr?: Readonly<Record<string, string>>;
  readonly owner?: string;
  readonly wait?: boolean;
  readonly interval: number;
}

export function addSubmit(program: Command): void {
  const command = program
    .command('submit [file]')
    .summary('submit a job')
    .description(
      'Submits a job from a JSON file (- is standard input), from options, or from both: options win over the file. ' +
        'Without a name it gets the one of its template.',
    )
    .option(
      '--template <name>',
      `${templateNames.join(', ')} or the number of another template`,
      parseTemplate,
    );
  addJobOptions(command)
    .option('--parent <id>', 'folder to put it in, or root', parseFolder)
    .option('--attr <name=value>', 'attribute for the template; may be repeated', parseAssignment)
    .option('--env <name=value>', 'environment variable; may be repeated', parseAssignment)
    .option('--emergency', 'goes before every job that is not an emergency')
    .option('--paused', 'submit it paused')
    .option('--owner <name>', 'owner, if not you')
    .addOption(new Option('--wait', 'follow it like watch, with its exit code'))
    .addOption(intervalOption())
    .action(async (file: string | undefined, options: SubmitOptions, action: Command) => {
      const session = openSession(action);
      const { client, screen } = session;
      const job = jobOf(file === undefined ? {} : await readObject(file, 'one job'), options);
      const { owner } = options;
      const { id, chunkCount } = await client.jobSubmit({ job, ...(owner === undefined ? {} : { owner }) });
      const submitted = { id, chunkCount };
      if (screen.isJson && options.wait) screen.print([safeJson(submitted)]);
      else {
        screen.answer({
          json: () => submitted,
          text: () => [`Submitted job ${id}, ${printable(job.name)}: ${counted(chunkCount, 'chunk')}.`],
          quiet: () => [String(id)],
        });
      }
      if (options.wait) process.exitCode = await follow(session, [id], options.interval);
    });
}

/** The dispatcher checks every field and names the one that is wrong; only what it could not say is checked here. */
function jobOf(file: Partial<JobSubmission>, options: SubmitOptions): JobSubmission {
  const { template, parent, paused, env, attr } = options;
  const given = { ...file, ...jobFields(options) };
  const templateId = template ?? given.templateId;
  if (templateId === undefined) {
    throw usageError('the job has no template: --template, or "templateId" in the file');
  }
  const attributes = Object.entries(attr ?? {}).map(([name, value]) => [name, { value }]);
  return {
    ...given,
    name: given.name ?? templateName(templateId),
    templateId,
    ...(parent === undefined ? {} : { parentId: parent }),
    ...(paused === undefined ? {} : { paused }),
    ...(env === undefined ? {} : { environment: { ...file.environment, ...env } }),
    ...(attr === undefined ? {} : { attributes: { ...file.attributes, ...Object.fromEntries(attributes) } }),
  };
}
