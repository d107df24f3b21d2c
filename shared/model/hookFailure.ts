/** A hook that failed: kept until it runs well, at most some days. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { jobIdSchema, templateIdSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

export const hookFailureSchema = onDemand(() =>
  z
    .strictObject({
      key: described(
        boundedText(1, 128),
        'Of the transition; template and hook for those that answer a question.',
      ),
      templateId: templateIdSchema(),
      hook: z.string(),
      jobId: described(
        z.nullable(jobIdSchema()),
        'Job that it failed for last; null for onDispatcherIdling.',
      ),
      reason: described(z.string(), 'threw, timed-out, crashed or out-of-memory.'),
      message: described(z.string(), 'What the hook said.'),
      count: described(boundedInt(1), 'How often it has failed.'),
      isGivenUp: described(z.boolean(), 'Whether it is not tried again unless somebody asks for it.'),
      firstAt: timeSchema(),
      lastAt: timeSchema(),
    })
    .register(z.globalRegistry, { id: 'HookFailure' }),
);
export type HookFailure = z.infer<ReturnType<typeof hookFailureSchema>>;
