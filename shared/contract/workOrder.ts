/**
 * What a node is told to run. The dispatcher builds it from job, chunk and template at the moment it is handed
 * out, so a node needs to know nothing of templates.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { packetSchema } from '../model/chunk.ts';
import { described } from '../model/described.ts';
import { frameCheckSchema, MAXIMUM_CHECKED_FRAMES } from '../model/frameCheck.ts';
import { assignmentKeySchema } from '../model/node.ts';
import { onDemand } from '../model/onDemand.ts';
import { outputChecksSchema } from '../model/outputChecks.ts';
import { renderHooks } from '../model/renderHook.ts';

/** Of a template in Python: its file, and the job that its functions are given. */
const pythonOrder = onDemand(() =>
  z.strictObject({
    name: z.string(),
    file: described(z.string(), 'Name of the file, for its errors.'),
    sha256: described(z.string(), 'Hash of its text.'),
    hooks: described(z.array(z.enum(renderHooks)), 'Functions of its own that are to be called.'),
    edition: boundedInt(1),
    url: described(
      z.nullable(z.string()),
      'Where its packed text is fetched from, for some minutes; null if it is not kept any more.',
    ),
    countsLogWarnings: described(z.boolean(), 'Whether a warning of onCheckLog marks the chunk.'),
    countsExitCodeWarnings: described(z.boolean(), 'Whether one of onCheckExitCode does.'),
    // Not by its schema, which is large: it was checked when it came.
    job: described(z.record(z.string(), z.unknown()), 'The job as it was submitted, by the fields of a Job.'),
  }),
);

/** A command line that runs beside the program. Words may hold inline Python. */
const orderedAction = onDemand(() =>
  z.strictObject({
    what: z.enum(['before-job', 'before-chunk', 'after-chunk']),
    program: boundedText(1, 4_096),
    arguments: z.array(z.string().check(z.maxLength(32_768))).check(z.maxLength(1_024)),
    timeoutSeconds: boundedInt(1),
    checksExitCode: z.boolean(),
  }),
);

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
      /** Checked when the program has ended well; null checks no file. */
      frameCheck: z.nullable(
        z.strictObject({
          /** A relative one is in the starting folder. */
          files: z.array(boundedText(1, 8_192)).check(z.maxLength(MAXIMUM_CHECKED_FRAMES)),
          ...frameCheckSchema().shape,
        }),
      ),
      thumbnailFile: described(
        z.optional(boundedText(1, 8_192)),
        'File of the last frame, a small picture of which is made when the program has ended well; none if not given.',
      ),
      startAfterSeconds: described(
        z.optional(z.number().check(z.minimum(0), z.maximum(3_600))),
        'How long to wait before anything of it is started: its template keeps starts apart.',
      ),
      python: z.optional(pythonOrder()),
      actions: z.optional(
        z.strictObject({
          before: z.array(orderedAction()),
          after: described(z.array(orderedAction()), 'Run when the program has ended well.'),
          variables: described(
            z.record(z.string(), z.string()),
            'What actions have in their environment besides.',
          ),
        }),
      ),
      expressions: z.optional(
        z.strictObject({
          job: described(
            z.record(z.string(), z.unknown()),
            'The job that inline Python is about, by the fields of a Job.',
          ),
          isInProgram: described(z.boolean(), 'Whether the words of the program hold it too.'),
          isOfChunk: described(z.boolean(), 'False where it is about no chunk.'),
        }),
      ),
    })
    .register(z.globalRegistry, { id: 'WorkOrder' }),
);
export type WorkOrder = z.infer<ReturnType<typeof workOrderSchema>>;
