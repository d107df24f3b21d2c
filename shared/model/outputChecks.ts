/** How a node tells from what a process says whether it went well. */
import * as z from 'zod/mini';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

/**
 * Checks what a render process says. Patterns are regular expressions in JavaScript syntax, tried on each line,
 * at most 512 characters each.
 */
export const outputChecksSchema = onDemand(() =>
  z
    .strictObject({
      progressPattern: described(
        z.nullable(z.string().check(z.maxLength(512))),
        'First group is the progress in percent, or `done/total` in two groups.',
      ),
      errorPatterns: z.array(z.string().check(z.maxLength(512))).check(z.maxLength(64)),
      licencePatterns: described(
        z.optional(z.array(z.string().check(z.maxLength(512))).check(z.maxLength(64))),
        'Lines that tell that no licence was to be had: the chunk waits again without having failed, and the job with it.',
      ),
      warningPatterns: z.array(z.string().check(z.maxLength(512))).check(z.maxLength(64)),
      validExitCodes: z.array(z.int()).check(z.maxLength(256)),
      warningExitCodes: z.array(z.int()).check(z.maxLength(256)),
      /** Exit codes that are neither valid nor a warning fail the chunk; these do even if listed there too. */
      errorExitCodes: z.array(z.int()).check(z.maxLength(256)),
      checksExitCode: described(z.boolean(), 'False lets every exit code pass.'),
    })
    .register(z.globalRegistry, { id: 'OutputChecks' }),
);
export type OutputChecks = z.infer<ReturnType<typeof outputChecksSchema>>;
