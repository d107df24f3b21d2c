/** What the bundles of the run import in the place of `templates/index.ts`. */
import type { HookCall, JobHook, Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { templates as ofTheProject } from '../../templates/index.ts';

export { pushedTemplate } from '../../templates/index.ts';

export const TEST_TEMPLATE_ID = 9_001;

/** Says in the log what it was told, and cannot bear jobs of one name. */
const note =
  (hook: JobHook) =>
  async ({ job }: HookCall): Promise<void> => {
    if (job?.name === 'poison') throw new Error('not this one');
    process.stdout.write(`${JSON.stringify({ level: 'info', event: 'hook-heard', hook, jobId: job?.id })}\n`);
  };

const testTemplate: Template = {
  ...commandTemplate,
  id: TEST_TEMPLATE_ID,
  name: 'of the tests',
  limits: [{ name: 'licences', maximum: 2 }],
  hooks: {
    onJobStart: note('onJobStart'),
    onJobEnd: note('onJobEnd'),
    onJobCompleted: note('onJobCompleted'),
  },
};

export const templates: readonly Template[] = [...ofTheProject, testTemplate];
