/** The repositories group. */
import * as z from 'zod/mini';
import { nameSchema } from '../model/ids.ts';
import { onDemand } from '../model/onDemand.ts';
import { repositorySchema } from '../model/repository.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'repositories';
const callers = ['user'] as const;
const right = 'manage-repositories';
const fields = onDemand(() => repositorySchema().shape);

export const repositoriesGetList = defineRead({
  group,
  name: 'repositoriesGetList',
  callers,
  input: pageInput,
  output: () =>
    z.strictObject({ repositories: z.array(repositorySchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the repositories page by page, by name.',
});

export const repositoriesGet = defineRead({
  group,
  name: 'repositoriesGet',
  callers,
  input: () => ({ name: nameSchema() }),
  output: () => z.strictObject({ repository: repositorySchema() }),
  errors: ['not-found'],
  text: 'Retrieves a repository from its name.',
});

export const repositoriesAdd = defineWrite({
  group,
  name: 'repositoriesAdd',
  callers,
  right,
  reserves: true,
  input: () => ({
    repository: z.strictObject({
      name: nameSchema(),
      description: z._default(fields().description, ''),
      paths: fields().paths,
    }),
  }),
  output: nothing,
  errors: ['already-exists'],
  text: 'Adds a repository. Chunks that are handed out more than five seconds later have its paths substituted. Refuses a name that is taken. Consoles hear `repositories/added`.',
});

export const repositoriesConfigure = defineWrite({
  group,
  name: 'repositoriesConfigure',
  callers,
  right,
  input: () => ({
    repository: z.strictObject({
      name: nameSchema(),
      description: z.optional(fields().description),
      paths: z.optional(fields().paths),
    }),
  }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Changes a repository; what is left out stays, and `paths` are given all together. Consoles hear `repositories/changed`.',
});

export const repositoriesRemove = defineWrite({
  group,
  name: 'repositoriesRemove',
  callers,
  right,
  reserves: true,
  input: () => ({ name: nameSchema() }),
  output: nothing,
  errors: ['not-found'],
  text: 'Removes a repository: its paths stay as they are from then on. Consoles hear `repositories/removed`.',
});

export const repositoriesNotifyChanges = defineWrite({
  group,
  name: 'repositoriesNotifyChanges',
  callers,
  right: 'manage-repositories',
  reserves: true,
  input: () => ({}),
  output: nothing,
  text: 'Notifies all connected Consoles that repositories have changed. Not needed for changes made here: each is told by itself. Consoles hear `repositories/changed` with `refresh`.',
});
