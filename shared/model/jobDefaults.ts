/** What jobs of a template have where their submission says nothing. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { nameSchema } from './ids.ts';
import { MAXIMUM_PRIORITY } from './job.ts';
import { onDemand } from './onDemand.ts';

const pools = () => z.array(nameSchema()).check(z.maxLength(64));

export const jobDefaultsSchema = onDemand(() =>
  z.strictObject({
    priority: z.optional(boundedInt(0, MAXIMUM_PRIORITY)),
    includedPools: z.optional(pools()),
    excludedPools: z.optional(pools()),
  }),
);
export type JobDefaults = z.infer<ReturnType<typeof jobDefaultsSchema>>;
