/**
 * A render engine as data: what a job must say, and the command line and patterns that follow from it. One JSON file each
 * in `templates/engines`; for engines that are more than a command line there are modules.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { nameSchema, templateIdSchema } from './ids.ts';
import { packetTypes } from './job.ts';
import { jobDefaultsSchema } from './jobDefaults.ts';
import { onDemand } from './onDemand.ts';
import { outputChecksSchema } from './outputChecks.ts';
import { startDelaySchema } from './startDelay.ts';

export const engineFieldSchema = onDemand(() =>
  z.strictObject({
    name: boundedText(1, 128),
    label: boundedText(1, 255),
    kind: z.enum(['string', 'file', 'folder', 'integer', 'number', 'boolean']),
    required: z.boolean(),
    default: z.optional(z.union([z.string().check(z.maxLength(4_096)), z.number()])),
    /** Least and most of a number. */
    range: z.optional(z.tuple([z.number(), z.number()])),
    /** Whether the file name has one run of `#`, which becomes the frame number. */
    numbered: z.optional(z.boolean()),
  }),
);

const word = () => boundedText(1, 4_096);
const program = () => z.nullable(boundedText(1, 4_096));

export const engineDefinitionSchema = onDemand(() =>
  z
    .strictObject({
      id: templateIdSchema(),
      name: nameSchema(),
      description: boundedText(1, 1_024),
      fields: z.array(engineFieldSchema()).check(z.maxLength(64)),
      packetTypes: described(
        z.array(z.enum(Object.keys(packetTypes) as (keyof typeof packetTypes)[])).check(z.minLength(1)),
        'Ways of cutting frames that the engine knows.',
      ),
      wholeFrames: described(z.boolean(), 'Whether frames are whole numbers from 0 on.'),
      oneFrame: described(z.boolean(), 'Whether a process renders one frame only.'),
      programs: described(
        z.strictObject({ linux: program(), darwin: program(), win32: program() }),
        'Program on each platform, found through the PATH of the node; null where there is none.',
      ),
      arguments: described(
        z
          .array(z.union([word(), z.array(word()).check(z.minLength(1), z.maxLength(16))]))
          .check(z.maxLength(128)),
        'Words with placeholders. Words in a list of their own are left out together when a field in them is absent.',
      ),
      frameSeparator: described(boundedText(1, 1), 'What separates numbers in `{frame_list}`.'),
      environment: z.record(z.string(), z.string().check(z.maxLength(4_096))),
      startingFolder: described(z.nullable(boundedText(1, 128)), 'Field with the folder that it starts in.'),
      outputField: described(
        z.optional(boundedText(1, 128)),
        'Field with the files that it writes, numbered by the frame.',
      ),
      limits: described(
        z
          .array(z.strictObject({ name: nameSchema(), maximum: boundedInt(0, 1_000_000) }))
          .check(z.maxLength(16)),
        'Farm-wide limits that a chunk holds while it runs, such as licences: name and how many there are.',
      ),
      startDelay: described(
        z.optional(startDelaySchema()),
        'Keeps starts of its program apart on the whole farm. Left out where they need not be.',
      ),
      jobDefaults: described(
        z.optional(jobDefaultsSchema()),
        'What its jobs have where their submission says nothing.',
      ),
      checks: z.omit(outputChecksSchema(), { checksExitCode: true }),
    })
    .register(z.globalRegistry, { id: 'EngineDefinition' }),
);
export type EngineDefinition = z.infer<ReturnType<typeof engineDefinitionSchema>>;
