/** The groups group. */
import * as z from 'zod/mini';
import { groupSchema } from '../model/group.ts';
import { nameSchema } from '../model/ids.ts';
import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'groups';
const callers = ['user'] as const;
const right = 'manage-people';
const fields = onDemand(() => groupSchema().shape);

export const groupGetList = defineRead({
  group,
  name: 'groupGetList',
  callers,
  input: pageInput,
  output: () => z.strictObject({ groups: z.array(groupSchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the groups page by page, by name.',
});

export const groupGet = defineRead({
  group,
  name: 'groupGet',
  callers,
  input: () => ({ name: nameSchema() }),
  output: () => z.strictObject({ group: groupSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a group from its name.',
});

export const groupAdd = defineWrite({
  group,
  name: 'groupAdd',
  callers,
  right,
  reserves: true,
  input: () => ({
    group: z.strictObject({
      name: nameSchema(),
      description: z._default(fields().description, ''),
      rights: z._default(fields().rights, []),
      pools: z._default(fields().pools, []),
      maximumPriority: z._default(fields().maximumPriority, null),
    }),
  }),
  output: nothing,
  errors: ['already-exists', 'conflict'],
  text: 'Adds a group without users. Refuses a name that is taken, and rights that the caller does not have. Consoles hear `groups/added`.',
});

export const groupConfigure = defineWrite({
  group,
  name: 'groupConfigure',
  callers,
  right,
  input: () => ({
    group: z.strictObject({
      name: nameSchema(),
      description: z.optional(fields().description),
      rights: z.optional(fields().rights),
      pools: z.optional(fields().pools),
      maximumPriority: z.optional(fields().maximumPriority),
    }),
  }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Changes a group; what is left out stays. Its users have the new rights within 30 seconds. Refuses rights that the caller does not have, before or after the change. Consoles hear `groups/changed`.',
});

export const groupRemove = defineWrite({
  group,
  name: 'groupRemove',
  callers,
  right,
  reserves: true,
  input: () => ({ name: nameSchema() }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Removes a group and takes its users out of it; they lose its rights within 30 seconds. Refuses a group with rights that the caller does not have. Consoles hear `groups/removed`.',
});
