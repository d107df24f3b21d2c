/** What the bundles of the run import in the place of `templates/index.ts`. */
import type { HookCall, JobHook, Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { templates as ofTheProject } from '../../templates/index.ts';

export { pushedTemplate } from '../../templates/index.ts';

export const TEST_TEMPLATE_ID = 9_001;
export const GATED_TEMPLATE_ID = 9_002;

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

/** Lets every other chunk start, and all of a job that has another name than `closed`. */
const gatedTemplate: Template = {
  ...commandTemplate,
  id: GATED_TEMPLATE_ID,
  name: 'asked about chunks',
  hooks: {
    async onValidateChunkDependancies({ job, chunk }) {
      if (job.name !== 'closed' || chunk.chunkId % 2 === 1) return { kind: 'ok' };
      return { kind: 'error', message: `chunk ${chunk.chunkId} is closed` };
    },
  },
};

export const templates: readonly Template[] = [...ofTheProject, testTemplate, gatedTemplate];
