/**
 * What a node is told to run. The dispatcher builds it from job, chunk and template at the moment it is handed
 * out, so a node needs to know nothing of templates.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { packetSchema } from '../model/chunk.ts';
import { described } from '../model/described.ts';
import { assignmentKeySchema } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';

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

export const workOrderSchema = onDemand(() =>
  z
    .strictObject({
      assignment: assignmentKeySchema(),
      jobName: z.string(),
      templateId: z.int(),
      packet: packetSchema(),
      /** Program and arguments, run without a shell. `rollcall:NAME` is a program that comes with the agent. */
      program: boundedText(1, 4_096),
      arguments: z.array(z.string().check(z.maxLength(32_768))).check(z.maxLength(1_024)),
      environment: z.record(z.string(), z.string()),
      startingFolder: z.nullable(z.string().check(z.maxLength(4_096))),
      /** 0 is no limit. */
      timeoutSeconds: boundedInt(0),
      checks: outputChecksSchema(),
    })
    .register(z.globalRegistry, { id: 'WorkOrder' }),
);
export type WorkOrder = z.infer<ReturnType<typeof workOrderSchema>>;
