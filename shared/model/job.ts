/** A job, or a folder: what was submitted (`JobSpec`), what became of it (`JobState`), and both as seen from outside (`Job`). */
import { z } from 'zod';
import { jobIdSchema, nameSchema, parentIdSchema, ROOT_ID, templateIdSchema } from './ids.ts';
import { timeSchema } from './time.ts';

/**
 * Status of a job. `legacy` is the number that clients of the reference see; 1 and 2 have evidence there, the
 * others are ours.
 */
export const jobStatuses = {
  /** Dependencies are not met. Submit or an edit moves it in; the projector moves it out when its parents end. */
  waiting: { legacy: 6, ended: false },
  /** Its start time has not come. Submit, an edit or met dependencies move it in; the tick moves it out. */
  delayed: { legacy: 7, ended: false },
  /** May be handed out, nothing was yet. The first claim moves it out. */
  queued: { legacy: 1, ended: false },
  /** A node has taken a chunk of this generation. Only a recount moves it to an end. */
  'in-progress': { legacy: 2, ended: false },
  /** Every chunk completed without a warning. A command that reopens a chunk moves it out. */
  completed: { legacy: 3, ended: true },
  /** Every chunk completed, at least one with a warning. */
  'completed-with-warnings': { legacy: 4, ended: true },
  /** Every chunk ended, at least one failed. */
  failed: { legacy: 5, ended: true },
  /** Being removed: its items are swept by the tick, then only its tombstone is left. */
  deleting: { legacy: 8, ended: false },
  /** A folder: not work, never changes but to `deleting`. */
  folder: { legacy: 0, ended: false },
} as const;
export type JobStatus = keyof typeof jobStatuses;
export const jobStatusNames = Object.keys(jobStatuses) as JobStatus[];
const jobStatusSchema = z.enum(jobStatusNames as [JobStatus, ...JobStatus[]]);

/** How frames become chunks. */
export const packetTypes = {
  /** A packet is a number of frames in a row. */
  multiframe: { legacy: 1 },
  /** Each frame is cut into image slices; a packet is one slice of one frame. */
  'image-slices': { legacy: 2 },
} as const;

/** In which order the packets of a job are handed out. */
export const chunkOrders = {
  forward: { legacy: 0 },
  backward: { legacy: 1 },
  'middle-out': { legacy: 2 },
  /** Every n-th packet first (`chunksInterleave`), then the ones between. */
  interleaved: { legacy: 3 },
} as const;

/** What a parent's end must be. */
export const dependModes = {
  /** The parent completed, with or without warnings. */
  success: { legacy: 0 },
  /** The parent ended, in whatever way. */
  ended: { legacy: 1 },
  /** The parent failed: for clean-up jobs. */
  failure: { legacy: 2 },
} as const;

/** How several parents are taken together. */
export const dependLinkModes = {
  all: { legacy: 0 },
  any: { legacy: 1 },
  /** Chunk by chunk: a chunk may start when the chunks of every parent that cover its frames completed. */
  chunks: { legacy: 2 },
} as const;

/** What is made of warnings and errors that a check of log or exit code finds. */
export const checkTypes = {
  /** Warnings mark the chunk, errors fail it. */
  full: { legacy: 0 },
  /** Only errors count. */
  'skip-warnings': { legacy: 1 },
  /** Nothing is checked. */
  skip: { legacy: 2 },
} as const;

const keys = <T extends object>(record: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(record) as [keyof T & string, ...(keyof T & string)[]];

const label = z.string().max(255).default('');
const exitCodes = z
  .array(z.int().min(-2_147_483_648).max(4_294_967_295))
  .max(256)
  .nullable()
  .default(null)
  .describe("Exit codes; null takes the template's.");
const minimum = (what: string, maximum: number): z.ZodDefault<z.ZodNullable<z.ZodNumber>> =>
  z
    .number()
    .min(0)
    .max(maximum)
    .nullable()
    .default(null)
    .describe(`Least ${what} of a node; null asks for none.`);

/** Pool names; the reference's clients send `[""]` for none, so empty names are dropped. */
const poolNames = z
  .array(z.union([z.literal(''), nameSchema]))
  .max(64)
  .transform((names) => [...new Set(names.filter((name) => name !== ''))])
  .pipe(z.array(nameSchema));

const notificationLevel = z.enum(['none', 'errors', 'warnings', 'always']).nullable().default(null);
const notificationKind = z
  .strictObject({
    jobStart: z.boolean().nullable().default(null),
    jobEnd: notificationLevel,
    chunkStart: z.boolean().nullable().default(null),
    chunkEnd: notificationLevel,
  })
  .describe('What is told by this channel; null takes the setting of the farm.');

/** An attribute: `state` says that it is active, `subst` that path substitution applies to its value. */
export const attributeSchema = z.strictObject({
  value: z.union([z.string().max(32_768), z.number()]),
  state: z.boolean().default(true),
  subst: z.boolean().default(false),
});

/** An item of the store holds 400 KB, and a job is one: its two open maps leave room for the rest. */
const MAXIMUM_MAP_BYTES = 131_072;
const boundedMap = <S extends z.ZodRecord>(schema: S): S =>
  schema.refine(
    (map) => new TextEncoder().encode(JSON.stringify(map)).length <= MAXIMUM_MAP_BYTES,
    `must not have more than ${MAXIMUM_MAP_BYTES} bytes in all`,
  );

const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'must be a variable name');
/** No operating system takes a null character there; the process would not start. */
const environmentValue = z
  .string()
  .max(32_768)
  .refine((value) => !value.includes('\0'), 'must not contain a null character');
const frame = z.number().min(-10_000_000).max(10_000_000);

/** Dependency fields and parents are guarded by the tree's version, so they stand apart. */
const fields = {
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}]+$/u, 'must not contain control characters')
    .describe('Name for people.'),
  parentId: parentIdSchema.default(ROOT_ID),
  templateId: templateIdSchema,
  priority: z.int().min(0).max(65_535).default(50).describe('0-65535; the larger goes first.'),
  emergencyQueue: z.boolean().default(false).describe('Goes before every job that is not an emergency.'),
  startFrame: frame.default(1),
  endFrame: frame.default(1),
  byFrame: z.number().positive().max(1_000_000).default(1).describe('Step from frame to frame.'),
  packetType: z.enum(keys(packetTypes)).default('multiframe'),
  packetSize: z.int().min(1).max(10_000_000).default(1).describe('Frames a chunk, 1-10000000.'),
  imageSlices: z
    .int()
    .min(1)
    .max(4_096)
    .default(1)
    .describe('Slices a frame, with packet type image-slices.'),
  chunksPriority: z
    .enum(keys(chunkOrders))
    .default('forward')
    .describe('Order in which chunks are handed out.'),
  chunksInterleave: z.int().min(2).max(1_000_000).default(2).describe('n of every n-th packet first.'),
  startOn: timeSchema.nullable().default(null).describe('Not started before; null starts at once.'),
  maximumInstances: z.int().min(0).max(65_535).default(0).describe('Most nodes at a time; 0 is no limit.'),
  includedPools: poolNames.default([]).describe('Only nodes in one of these pools; empty allows every node.'),
  excludedPools: poolNames.default([]).describe('No node in one of these pools.'),
  dependIds: z
    .array(z.union([jobIdSchema, z.literal('')]))
    .max(64)
    .transform((ids) => [...new Set(ids.filter((id) => id !== ''))])
    .pipe(z.array(jobIdSchema))
    .default([])
    .describe('Jobs that this one waits for.'),
  dependMode: z.enum(keys(dependModes)).default('success'),
  dependLinkMode: z.enum(keys(dependLinkModes)).default('all'),
  minimumCores: minimum('processor cores', 65_535),
  minimumThreads: minimum('hardware threads', 65_535),
  minimumSpeedMhz: minimum('processor speed in MHz', 1_000_000),
  minimumRamMb: minimum('free memory in MB', 1_000_000_000),
  minimumPhysicalMb: minimum('installed memory in MB', 1_000_000_000),
  minimumDiskSpaceMb: minimum('free disk space in MB', 1_000_000_000_000),
  platform: z.enum(['any', 'linux', 'darwin', 'win32']).default('any').describe('Platform of the nodes.'),
  exitCodesErrorCheckType: z.enum(keys(checkTypes)).default('full'),
  logsErrorCheckType: z.enum(keys(checkTypes)).default('full'),
  validExitCodes: exitCodes,
  warningExitCodes: exitCodes,
  errorExitCodes: exitCodes,
  chunkTimeoutSeconds: z
    .int()
    .min(0)
    .max(31_536_000)
    .nullable()
    .default(null)
    .describe('A chunk that takes longer is stopped; 0 is no limit, null takes the setting of the farm.'),
  maximumChunksRequeue: z
    .int()
    .min(0)
    .max(1_000)
    .nullable()
    .default(null)
    .describe('How often a chunk is tried again before it fails; null takes the setting of the farm.'),
  department: label,
  project: label,
  sequence: label,
  shot: label,
  camera: label,
  templateVersion: z.string().max(64).default(''),
  notifications: z
    .strictObject({
      mail: notificationKind.optional(),
      mobile: notificationKind.optional(),
      notificator: notificationKind.optional(),
    })
    .default({}),
  environment: boundedMap(z.record(environmentName, environmentValue))
    .default({})
    .describe('Environment variables of the render process.'),
  attributes: boundedMap(z.record(z.string().min(1).max(128), attributeSchema))
    .default({})
    .describe('Open map of attributes; the template says which it reads.'),
};

/** What a caller submits. Frames, dependencies and paused are checked together by the domain. */
export const jobSubmissionSchema = z
  .strictObject({
    ...fields,
    paused: z.boolean().default(false).describe('Submitted paused.'),
  })
  .meta({ id: 'JobSubmission' });
export type JobSubmission = z.infer<typeof jobSubmissionSchema>;

/** What an edit may change: any field of a submission but the parent; what is left out stays. */
const editable = jobSubmissionSchema.omit({ parentId: true, paused: true }).shape;
const withoutDefault = (schema: z.ZodType): z.ZodType =>
  (schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema).optional();
export const jobChangesSchema = z
  .strictObject({
    ...(Object.fromEntries(
      Object.entries(editable).map(([name, schema]) => [name, withoutDefault(schema)]),
    ) as unknown as {
      [N in keyof typeof editable]: z.ZodOptional<z.ZodType<z.output<(typeof editable)[N]>>>;
    }),
    paused: z.boolean().optional().describe('Pauses or resumes the job.'),
  })
  .meta({ id: 'JobChanges' });
export type JobChanges = z.infer<typeof jobChangesSchema>;

export const jobTypes = ['job', 'folder'] as const;

/** Counts of chunks that were touched in this generation, by status. Hints while a job runs, facts at its end. */
export const chunkCountsSchema = z.strictObject({
  queued: z.int().describe('Handed out before and waiting again, or put there by hand.'),
  completed: z.int(),
  warning: z.int().describe('Completed with warnings.'),
  failed: z.int(),
});
export type ChunkCounts = z.infer<typeof chunkCountsSchema>;

/** A job or folder as every reader sees it. */
export const jobSchema = z
  .strictObject({
    id: jobIdSchema,
    type: z.enum(jobTypes),
    owner: nameSchema,
    ...(Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => [name, plain(schema)]),
    ) as unknown as {
      [N in keyof typeof fields]: z.ZodType<z.output<(typeof fields)[N]>>;
    }),
    status: jobStatusSchema,
    statusReason: z.string().describe('Why the job has this status, in words.'),
    paused: z.boolean(),
    generation: z.int().min(1).describe('Counts from 1; each reinit adds 1.'),
    version: z.int().min(1).describe('Grows with each change of the state.'),
    chunkCount: z.int().min(0),
    handedOutCount: z.int().min(0).describe('Chunks that were handed out at least once.'),
    runningCount: z.int().describe('Instances that work on it now.'),
    counts: chunkCountsSchema,
    progress: z.number().min(0).max(1).describe('Share of the chunks that have ended, 0-1.'),
    submittedAt: timeSchema,
    startedAt: timeSchema.nullable(),
    endedAt: timeSchema.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof jobSchema>;

/** The output side of an input schema: its type after defaults and transforms, checked without changing it. */
function plain(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault) return plain(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return schema.out as z.ZodType;
  return schema;
}

/** What was submitted, as it is kept. */
export interface JobSpec extends Omit<JobSubmission, 'paused'> {
  readonly id: number;
  readonly type: (typeof jobTypes)[number];
  readonly owner: string;
  readonly submittedAt: string;
  /** Grows with each edit and reparent. */
  readonly specVersion: number;
  /** Grows with each edit that changes what a chunk is: such an edit begins a new generation. */
  readonly framesVersion: number;
}

/** The small, hot part of a job. */
export interface JobState {
  readonly id: number;
  readonly status: JobStatus;
  readonly statusReason: string;
  readonly paused: boolean;
  readonly generation: number;
  readonly version: number;
  /** First index that was never handed out. */
  readonly next: number;
  readonly total: number;
  /** Instances out. */
  readonly slots: number;
  readonly maximumInstances: number;
  readonly counts: ChunkCounts;
  /** Partition in the ready index: the id of the job's match class. */
  readonly matchClass: string;
  /** Sort key in the ready index. */
  readonly readyKey: string;
  /** Whether the item is in the ready index now. */
  readonly isIndexed: boolean;
  readonly startOn: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Chunk dependencies: chunks start one by one, put into the queue by the projector. */
  readonly followsChunks: boolean;
  /** `framesVersion` of the job that this generation's chunks are computed from. */
  readonly framesVersion: number;
  /** When this generation began. */
  readonly generationSince: string;
  /** Generations up to this one have no items left. */
  readonly sweptGeneration: number;
  /** When the tick first saw `slots` differ from the nodes that work on it. */
  readonly suspectSince: string | null;
  /** Version of the state at that sight: while it stays, no claim or report is under way. */
  readonly suspectVersion: number | null;
}
