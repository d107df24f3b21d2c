/** The templates group: not in the reference's API, which has a list of them in its REST API alone. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { described } from '../model/described.ts';
import { engineDefinitionSchema, engineFieldSchema } from '../model/engineDefinition.ts';
import { hookFailureSchema } from '../model/hookFailure.ts';
import { nameSchema, templateIdSchema } from '../model/ids.ts';
import { jobDefaultsSchema } from '../model/jobDefaults.ts';
import { onDemand } from '../model/onDemand.ts';
import { outputChecksSchema } from '../model/outputChecks.ts';
import { pythonSourceSchema, pythonTemplateSchema } from '../model/pythonTemplate.ts';
import { startDelaySchema } from '../model/startDelay.ts';
import { timeSchema } from '../model/time.ts';
import { typescriptHooksSchema, typescriptSourceSchema } from '../model/typescriptHooks.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'templates';
const callers = ['user'] as const;
const right = 'manage-templates';
const edition = () => described(boundedInt(1), 'Counts from 1 with each push.');

const summary = onDemand(() => ({
  id: templateIdSchema(),
  name: z.string(),
  description: z.string(),
  edition: described(z.nullable(boundedInt(1)), 'Edition in force; null for a template of the project.'),
}));

const templateSchema = onDemand(() =>
  z
    .strictObject({
      ...summary(),
      fields: described(z.array(engineFieldSchema()), 'Attributes that it reads from a job.'),
      checks: z.omit(outputChecksSchema(), { checksExitCode: true }),
      limits: described(
        z.array(z.strictObject({ name: nameSchema(), maximum: boundedInt(0) })),
        'Farm-wide limits that a chunk holds while it runs.',
      ),
      startDelay: described(
        z.nullable(startDelaySchema()),
        'Keeps starts of its program apart on the whole farm.',
      ),
      jobDefaults: described(
        z.nullable(jobDefaultsSchema()),
        'What its jobs have where their submission says nothing.',
      ),
      definition: described(
        z.nullable(engineDefinitionSchema()),
        'What was pushed; null for a template of the project, or in Python.',
      ),
      python: described(z.nullable(pythonTemplateSchema()), 'What was pushed, of a template in Python.'),
      typescript: described(z.nullable(typescriptHooksSchema()), 'Hooks that were pushed with a definition.'),
      editions: described(
        z.array(z.strictObject({ edition: edition(), pushedBy: nameSchema(), pushedAt: timeSchema() })),
        'Every push, the first first.',
      ),
    })
    .register(z.globalRegistry, { id: 'Template' }),
);

export const templateGetList = defineRead({
  group,
  name: 'templateGetList',
  callers,
  input: pageInput,
  output: () =>
    z.strictObject({ templates: z.array(z.strictObject(summary())), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the templates page by page in the order of their ids: those of the project and those that were pushed.',
});

export const templateGet = defineRead({
  group,
  name: 'templateGet',
  callers,
  input: () => ({ id: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(65_535)) }),
  output: () => z.strictObject({ template: templateSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a template from its id: its fields, checks and limits, and what was pushed when.',
});

export const templatePush = defineWrite({
  group,
  name: 'templatePush',
  callers,
  right,
  reserves: true,
  input: () => ({
    definition: z.optional(described(engineDefinitionSchema(), 'A render engine that is a command line.')),
    python: z.optional(described(pythonSourceSchema(), 'Or a template in Python, described.')),
    typescript: z.optional(described(typescriptSourceSchema(), 'Hooks in TypeScript, beside a definition.')),
    dryRun: described(z._default(z.boolean(), false), 'Checks the definition and pushes nothing.'),
  }),
  output: () => z.strictObject({ edition: described(z.nullable(boundedInt(1)), 'Null of a dry run.') }),
  errors: ['conflict'],
  text: 'Puts a new edition of a template in force, or a new template. Chunks that are handed out more than five seconds later are built by it. Takes a definition, perhaps with hooks in TypeScript, or a template in Python, whose functions run on the nodes and its hooks in the host of hooks. Refuses one with mistakes, and ids and names of the templates of the project.',
});

export const templateRollBack = defineWrite({
  group,
  name: 'templateRollBack',
  callers,
  right,
  reserves: true,
  input: () => ({
    id: templateIdSchema(),
    edition: z.optional(described(boundedInt(1), 'Edition to put in force; the one before if left out.')),
  }),
  output: () => z.strictObject({ edition: edition() }),
  errors: ['conflict', 'not-found'],
  text: 'Puts an earlier edition of a pushed template in force again. Refuses when there is none.',
});

export const templateRemove = defineWrite({
  group,
  name: 'templateRemove',
  callers,
  right,
  reserves: true,
  input: () => ({ id: templateIdSchema() }),
  output: nothing,
  errors: ['not-found'],
  text: 'Removes a pushed template with all editions. Its jobs wait until it is pushed again. Refuses templates of the project.',
});

export const templateGetHookFailures = defineRead({
  group,
  name: 'templateGetHookFailures',
  callers,
  right,
  input: pageInput,
  output: () =>
    z.strictObject({ failures: z.array(hookFailureSchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the hooks that have failed, page by page in the order of their keys: those that are tried again, those that were given up, and those that answer a question. One that runs well leaves the list; each leaves it 14 days after it has failed last.',
});

export const templateRetryHooks = defineWrite({
  group,
  name: 'templateRetryHooks',
  callers,
  right,
  input: () => ({
    key: z.optional(
      described(boundedText(1, 128), 'Of one failure; every hook that was given up if left out.'),
    ),
  }),
  output: () => z.strictObject({ count: described(boundedInt(0), 'How many are run again.') }),
  errors: ['not-found'],
  text: 'Runs hooks again that were given up, under the keys that they had, behind whatever else waits for their jobs. Refuses one that answers a question: it is asked again by itself.',
});
