/**
 * What a node is told to run. The dispatcher builds it from job, chunk and template at the moment it is handed
 * out, so a node needs to know nothing of templates.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { packetSchema } from '../model/chunk.ts';
import { assignmentKeySchema } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';
import { outputChecksSchema } from '../model/outputChecks.ts';

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
