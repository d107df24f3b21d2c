/** The pools group. */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { nameSchema } from '../model/ids.ts';
import { onDemand } from '../model/onDemand.ts';
import { poolSchema } from '../model/pool.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'pools';
const callers = ['user'] as const;
const fields = onDemand(() => poolSchema().shape);
const nodes = onDemand(() =>
  described(
    z.optional(z.array(nameSchema()).check(z.maxLength(1_000))),
    'Makes exactly these nodes, by their names, the nodes of the pool; left out, they stay as they are.',
  ),
);

export const poolGetList = defineRead({
  group,
  name: 'poolGetList',
  callers,
  input: pageInput,
  output: () => z.strictObject({ pools: z.array(poolSchema()), nextPageToken: z.nullable(z.string()) }),
  text: 'Retrieves the pools page by page, by name: those that were added and those that only nodes name, so all that a job can ask for.',
});

export const poolGet = defineRead({
  group,
  name: 'poolGet',
  callers,
  input: () => ({ name: nameSchema() }),
  output: () => z.strictObject({ pool: poolSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a pool from its name.',
});

export const poolAdd = defineWrite({
  group,
  name: 'poolAdd',
  callers,
  right: 'manage-pools',
  reserves: true,
  input: () => ({
    pool: z.strictObject({
      name: fields().name,
      description: z._default(fields().description, ''),
      wakeAddresses: z._default(fields().wakeAddresses, []),
      nodes: nodes(),
    }),
  }),
  output: nothing,
  errors: ['already-exists', 'conflict', 'not-found'],
  text: 'Adds a pool. One that so far only nodes name keeps them. Refuses a name that was added before, and a node that is not registered. Consoles hear `pools/added`, and `nodes/changed` of nodes that enter or leave it.',
});

export const poolConfigure = defineWrite({
  group,
  name: 'poolConfigure',
  callers,
  right: 'manage-pools',
  input: () => ({
    pool: z.strictObject({
      name: fields().name,
      description: z.optional(fields().description),
      wakeAddresses: z.optional(fields().wakeAddresses),
      nodes: nodes(),
    }),
  }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Changes a pool; what is left out stays. Refuses a pool that was not added and that no node names, and a node that is not registered. A node that is put into a pool or taken out stays so when it registers again, until its agent is started with other pools. Consoles hear `pools/changed`, and `nodes/changed` of nodes that enter or leave it.',
});

export const poolRemove = defineWrite({
  group,
  name: 'poolRemove',
  callers,
  right: 'manage-pools',
  reserves: true,
  input: () => ({ name: nameSchema() }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Takes all nodes out of a pool and removes it. Jobs that ask for it wait until there are nodes in a pool of that name again. Consoles hear `pools/removed`, and `nodes/changed` of its nodes.',
});

export const poolNotifyChanges = defineWrite({
  group,
  name: 'poolNotifyChanges',
  callers,
  right: 'manage-pools',
  reserves: true,
  input: () => ({}),
  output: nothing,
  text: 'Notifies all connected Consoles that pools have changed. Not needed for changes made here: each is told by itself. Consoles hear `pools/changed` with `refresh`.',
});
