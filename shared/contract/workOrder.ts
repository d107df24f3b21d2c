/**
 * What a node is told to run. The dispatcher builds it from job, chunk and template at the moment it is handed
 * out, so a node needs to know nothing of templates.
 */
import { z } from 'zod';
import { packetSchema } from '../model/chunk.ts';
import { assignmentKeySchema } from '../model/node.ts';

/**
 * Checks what a render process says. Patterns are regular expressions in JavaScript syntax, tried on each line,
 * at most 512 characters each.
 */
export const outputChecksSchema = z
  .strictObject({
    progressPattern: z
      .string()
      .max(512)
      .nullable()
      .describe('First group is the progress in percent, or `done/total` in two groups.'),
    errorPatterns: z.array(z.string().max(512)).max(64),
    warningPatterns: z.array(z.string().max(512)).max(64),
    validExitCodes: z.array(z.int()).max(256),
    warningExitCodes: z.array(z.int()).max(256),
    /** Exit codes that are neither valid nor a warning fail the chunk; these do even if listed there too. */
    errorExitCodes: z.array(z.int()).max(256),
    checksExitCode: z.boolean().describe('False lets every exit code pass.'),
  })
  .meta({ id: 'OutputChecks' });
export type OutputChecks = z.infer<typeof outputChecksSchema>;

export const workOrderSchema = z
  .strictObject({
    assignment: assignmentKeySchema,
    jobName: z.string(),
    templateId: z.int(),
    packet: packetSchema,
    /** Program and arguments, run without a shell. `rollcall:NAME` is a program that comes with the agent. */
    program: z.string().min(1).max(4_096),
    arguments: z.array(z.string().max(32_768)).max(1_024),
    environment: z.record(z.string(), z.string()),
    startingFolder: z.string().max(4_096).nullable(),
    /** 0 is no limit. */
    timeoutSeconds: z.int().min(0),
    checks: outputChecksSchema,
  })
  .meta({ id: 'WorkOrder' });
export type WorkOrder = z.infer<typeof workOrderSchema>;
