/** Groups of users: what they share of rights and limits. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { nameSchema } from './ids.ts';
import { MAXIMUM_PRIORITY } from './job.ts';
import { onDemand } from './onDemand.ts';
import { rightSchema } from './right.ts';

/** What users and groups have in common. */
export const grants = onDemand(() => ({
  rights: described(z.array(rightSchema()).check(z.maxLength(64)), 'What it allows.'),
  pools: described(
    z.array(nameSchema()).check(z.maxLength(256)),
    'Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means every pool.',
  ),
  maximumPriority: described(
    z.nullable(boundedInt(0, MAXIMUM_PRIORITY)),
    "The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups, of which the highest counts; null sets none.",
  ),
}));

export const groupSchema = onDemand(() =>
  z
    .strictObject({
      name: nameSchema(),
      description: z.string().check(z.maxLength(1_024)),
      ...grants(),
      version: described(boundedInt(1), 'Grows with each change.'),
    })
    .register(z.globalRegistry, { id: 'Group' }),
);
export type Group = z.infer<ReturnType<typeof groupSchema>>;
