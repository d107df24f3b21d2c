/** A job, or a folder: what was submitted (`JobSpec`), what became of it (`JobState`), and both as seen from outside (`Job`). */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { frameCheckSchema } from './frameCheck.ts';
import { jobIdSchema, nameSchema, parentIdSchema, ROOT_ID, templateIdSchema } from './ids.ts';
import { jobActionsSchema } from './jobActions.ts';
import { jobMovieSchema } from './jobMovie.ts';
import { onDemand } from './onDemand.ts';
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
const jobStatusSchema = onDemand(() => z.enum(jobStatusNames));

/** Of a job. */
export const MAXIMUM_PRIORITY = 65_535;

/** Of jobs that nobody has given another: the middle of the range that people use. */
export const DEFAULT_PRIORITY = 50;

/** How frames become chunks, and which nodes render them. */
export const packetTypes = {
  /** A packet is a number of frames in a row. */
  multiframe: { legacy: 1 },
  /** Each frame is cut into image slices; a packet is one slice of one frame. */
  'image-slices': { legacy: 2 },
  /** Every node that fits renders all packets: a folder with one job for each node. */
  broadcast: { legacy: 3 },
  /** One node renders all packets: the one that `includedPools` names. */
  'target-host': { legacy: 4 },
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

const keys = <T extends object>(record: T) => Object.keys(record) as (keyof T & string)[];

const label = () => z._default(z.string().check(z.maxLength(255)), '');
const exitCodes = () =>
  described(
    z._default(z.nullable(z.array(boundedInt(-2_147_483_648, 4_294_967_295)).check(z.maxLength(256))), null),
    "Exit codes; null takes the template's.",
  );
const minimum = (what: string, maximum: number) =>
  described(
    z._default(z.nullable(boundedNumber(0, maximum)), null),
    `Least ${what} of a node; null asks for none.`,
  );

/** Pool names; the reference's clients send `[""]` for none, so empty names are dropped. */
const poolNames = onDemand(() =>
  z.pipe(
    z.pipe(
      z.array(z.union([z.literal(''), nameSchema()])).check(z.maxLength(64)),
      z.transform((names) => [...new Set(names.filter((name) => name !== ''))]),
    ),
    z.array(nameSchema()),
  ),
);

const notificationLevel = () =>
  z._default(z.nullable(z.enum(['none', 'errors', 'warnings', 'always'])), null);
const notificationKind = onDemand(() =>
  described(
    z.strictObject({
      jobStart: z._default(z.nullable(z.boolean()), null),
      jobEnd: notificationLevel(),
      chunkStart: z._default(z.nullable(z.boolean()), null),
      chunkEnd: notificationLevel(),
    }),
    'What is told by this channel; null takes the setting of the farm.',
  ),
);

/** An attribute: `state` says that it is active, `subst` that path substitution applies to its value. */
export const attributeSchema = onDemand(() =>
  z.strictObject({
    value: z.union([z.string().check(z.maxLength(32_768)), z.number()]),
    state: z._default(z.boolean(), true),
    subst: z._default(z.boolean(), false),
  }),
);

/** An item of the store holds 400 KB, and a job is one: its two open maps leave room for the rest. */
const MAXIMUM_MAP_BYTES = 131_072;
const boundedMap = <S extends z.ZodMiniRecord>(schema: S): S =>
  schema.check(
    z.refine(
      (map) => new TextEncoder().encode(JSON.stringify(map)).length <= MAXIMUM_MAP_BYTES,
      `must not have more than ${MAXIMUM_MAP_BYTES} bytes in all`,
    ),
  );

const environmentName = () =>
  z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'must be a variable name'));
/** No operating system takes a null character there; the process would not start. */
const environmentValue = () =>
  z.string().check(
    z.maxLength(32_768),
    z.refine((value) => !value.includes('\0'), 'must not contain a null character'),
  );
const frame = () => boundedNumber(-10_000_000, 10_000_000);

/** Dependency fields and parents are guarded by the tree's version, so they stand apart. */
const fields = onDemand(() => ({
  name: described(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(255),
        z.regex(/^[^\p{Cc}]+$/u, 'must not contain control characters'),
      ),
    'Name for people.',
  ),
  parentId: z._default(parentIdSchema(), ROOT_ID),
  templateId: templateIdSchema(),
  priority: described(
    z._default(boundedInt(0, MAXIMUM_PRIORITY), DEFAULT_PRIORITY),
    '0-65535; the larger goes first.',
  ),
  emergencyQueue: described(
    z._default(z.boolean(), false),
    'Goes before every job that is not an emergency.',
  ),
  startFrame: z._default(frame(), 1),
  endFrame: z._default(frame(), 1),
  byFrame: described(
    z._default(z.number().check(z.positive(), z.maximum(1_000_000)), 1),
    'Step from frame to frame.',
  ),
  packetType: z._default(z.enum(keys(packetTypes)), 'multiframe'),
  packetSize: described(z._default(boundedInt(1, 10_000_000), 1), 'Frames a chunk, 1-10000000.'),
  imageSlices: described(
    z._default(boundedInt(1, 4_096), 1),
    'Slices a frame, with packet type image-slices.',
  ),
  chunksPriority: described(
    z._default(z.enum(keys(chunkOrders)), 'forward'),
    'Order in which chunks are handed out.',
  ),
  chunksInterleave: described(z._default(boundedInt(2, 1_000_000), 2), 'n of every n-th packet first.'),
  startOn: described(z._default(z.nullable(timeSchema()), null), 'Not started before; null starts at once.'),
  maximumInstances: described(z._default(boundedInt(0, 65_535), 0), 'Most nodes at a time; 0 is no limit.'),
  includedPools: described(
    z._default(poolNames(), []),
    'Only nodes in one of these pools; empty allows every node.',
  ),
  excludedPools: described(z._default(poolNames(), []), 'No node in one of these pools.'),
  dependIds: described(
    z._default(
      z.pipe(
        z.pipe(
          z.array(z.union([jobIdSchema(), z.literal('')])).check(z.maxLength(64)),
          z.transform((ids) => [...new Set(ids.filter((id) => id !== ''))]),
        ),
        z.array(jobIdSchema()),
      ),
      [],
    ),
    'Jobs that this one waits for.',
  ),
  dependMode: z._default(z.enum(keys(dependModes)), 'success'),
  dependLinkMode: z._default(z.enum(keys(dependLinkModes)), 'all'),
  minimumCores: minimum('processor cores', 65_535),
  minimumThreads: minimum('hardware threads', 65_535),
  minimumSpeedMhz: minimum('processor speed in MHz', 1_000_000),
  minimumRamMb: minimum('free memory in MB', 1_000_000_000),
  minimumPhysicalMb: minimum('installed memory in MB', 1_000_000_000),
  minimumDiskSpaceMb: minimum('free disk space in MB', 1_000_000_000_000),
  platform: described(
    z._default(z.enum(['any', 'linux', 'darwin', 'win32']), 'any'),
    'Platform of the nodes.',
  ),
  exitCodesErrorCheckType: z._default(z.enum(keys(checkTypes)), 'full'),
  logsErrorCheckType: z._default(z.enum(keys(checkTypes)), 'full'),
  validExitCodes: exitCodes(),
  warningExitCodes: exitCodes(),
  errorExitCodes: exitCodes(),
  chunkTimeoutSeconds: described(
    z._default(z.nullable(boundedInt(0, 31_536_000)), null),
    'A chunk that takes longer is stopped; 0 is no limit, null takes the setting of the farm.',
  ),
  maximumChunksRequeue: described(
    z._default(z.nullable(boundedInt(0, 1_000)), null),
    'How often a chunk is tried again before it fails; null takes the setting of the farm.',
  ),
  department: label(),
  project: label(),
  sequence: label(),
  shot: label(),
  camera: label(),
  templateVersion: z._default(z.string().check(z.maxLength(64)), ''),
  notifications: z._default(
    z.strictObject({
      mail: z.optional(notificationKind()),
      mobile: z.optional(notificationKind()),
      notificator: z.optional(notificationKind()),
    }),
    {},
  ),
  outputFiles: described(
    z._default(z.nullable(boundedText(1, 4_096)), null),
    'Files that the job writes, with a run of # for the frame; null takes what its template knows of them.',
  ),
  frameCheck: described(
    z._default(z.nullable(frameCheckSchema()), null),
    'What is checked of the files of a chunk when its program has ended well; null checks nothing.',
  ),
  thumbnails: described(
    z._default(z.boolean(), false),
    'Whether a small picture of the last frame of each chunk is kept, where its node has FFmpeg.',
  ),
  actions: described(
    z._default(z.nullable(jobActionsSchema()), null),
    'Command lines that nodes run before and after; null for none.',
  ),
  movie: described(
    z._default(z.nullable(jobMovieSchema()), null),
    'Movie that is made of the frames when the job has completed; null makes none.',
  ),
  environment: described(
    z._default(boundedMap(z.record(environmentName(), environmentValue())), {}),
    'Environment variables of the render process.',
  ),
  attributes: described(
    z._default(boundedMap(z.record(boundedText(1, 128), attributeSchema())), {}),
    'Open map of attributes; the template says which it reads.',
  ),
}));

/** A job that is to be made. Frames, dependencies and paused are checked together by the domain. */
export const jobSubmissionSchema = onDemand(() =>
  z.strictObject({
    ...fields(),
    paused: described(z._default(z.boolean(), false), 'Submitted paused.'),
  }),
);
export type JobSubmission = z.infer<ReturnType<typeof jobSubmissionSchema>>;

/** What a caller submits: what a template may have defaults for is left open. */
export const submittedJobSchema = onDemand(() =>
  z
    .strictObject({
      ...jobSubmissionSchema().shape,
      priority: described(
        z.optional(boundedInt(0, MAXIMUM_PRIORITY)),
        `0-65535; the larger goes first. What the template has as its default, else ${DEFAULT_PRIORITY}, if left out.`,
      ),
      includedPools: described(
        z.optional(poolNames()),
        'Only nodes in one of these pools; empty allows every node. Those of the template, if left out.',
      ),
      excludedPools: described(
        z.optional(poolNames()),
        'No node in one of these pools. Those of the template, if left out.',
      ),
    })
    .register(z.globalRegistry, { id: 'JobSubmission' }),
);
export type SubmittedJob = z.infer<ReturnType<typeof submittedJobSchema>>;

/** What an edit may change: any field of a submission but the parent; what is left out stays. */
const editable = () => z.omit(jobSubmissionSchema(), { parentId: true, paused: true }).shape;
const withoutDefault = (schema: z.core.$ZodType): z.core.$ZodType =>
  z.optional(schema instanceof z.ZodMiniDefault ? schema.def.innerType : schema);
export const jobChangesSchema = onDemand(() =>
  z
    .strictObject({
      ...(Object.fromEntries(
        Object.entries(editable()).map(([name, schema]) => [name, withoutDefault(schema)]),
      ) as unknown as {
        [N in keyof ReturnType<typeof editable>]: z.ZodMiniOptional<
          z.ZodMiniType<z.output<ReturnType<typeof editable>[N]>>
        >;
      }),
      paused: described(z.optional(z.boolean()), 'Pauses or resumes the job.'),
    })
    .register(z.globalRegistry, { id: 'JobChanges' }),
);
export type JobChanges = z.infer<ReturnType<typeof jobChangesSchema>>;

export const jobTypes = ['job', 'folder'] as const;

/** Counts of chunks that were touched in this generation, by status. Hints while a job runs, facts at its end. */
export const chunkCountsSchema = onDemand(() =>
  z.strictObject({
    queued: described(z.int(), 'Handed out before and waiting again, or put there by hand.'),
    completed: z.int(),
    warning: described(z.int(), 'Completed with warnings.'),
    failed: z.int(),
  }),
);
export type ChunkCounts = z.infer<ReturnType<typeof chunkCountsSchema>>;

/** A job or folder as every reader sees it. */
export const jobSchema = onDemand(() =>
  z
    .strictObject({
      id: jobIdSchema(),
      type: z.enum(jobTypes),
      owner: nameSchema(),
      ...(Object.fromEntries(
        Object.entries(fields()).map(([name, schema]) => [name, plain(schema)]),
      ) as unknown as {
        [N in keyof ReturnType<typeof fields>]: z.ZodMiniType<z.output<ReturnType<typeof fields>[N]>>;
      }),
      status: jobStatusSchema(),
      statusReason: described(z.string(), 'Why the job has this status, in words.'),
      paused: z.boolean(),
      generation: described(boundedInt(1), 'Counts from 1; each reinit adds 1.'),
      version: described(boundedInt(1), 'Grows with each change of the state.'),
      chunkCount: boundedInt(0),
      handedOutCount: described(boundedInt(0), 'Chunks that were handed out at least once.'),
      runningCount: described(z.int(), 'Instances that work on it now.'),
      counts: chunkCountsSchema(),
      progress: described(boundedNumber(0, 1), 'Share of the chunks that have ended, 0-1.'),
      submittedAt: timeSchema(),
      startedAt: z.nullable(timeSchema()),
      endedAt: z.nullable(timeSchema()),
    })
    .register(z.globalRegistry, { id: 'Job' }),
);
export type Job = z.infer<ReturnType<typeof jobSchema>>;

/** The output side of an input schema: its type after defaults and transforms, checked without changing it. */
function plain(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodMiniDefault) return plain(schema.def.innerType);
  if (schema instanceof z.ZodMiniPipe) return schema.def.out;
  return schema;
}

/** What the template of a job asks of nodes. */
export interface TemplateNeeds {
  /** Platforms that it runs on, in this order of the alphabet; null for all. */
  readonly platforms: readonly ('darwin' | 'linux' | 'win32')[] | null;
  /** Programs by the names that agents report. */
  readonly software: readonly string[];
}

/** What was submitted, as it is kept. */
export interface JobSpec extends Omit<JobSubmission, 'paused'> {
  readonly id: number;
  readonly type: (typeof jobTypes)[number];
  readonly owner: string;
  readonly submittedAt: string;
  /** How many hooks led to it: 0 unless one has submitted it. */
  readonly hookDepth: number;
  /** Of its template, as of submission or the last edit; null asks for nothing. */
  readonly needs: TemplateNeeds | null;
  /** Grows with each edit and reparent. The state says which one it follows from. */
  readonly specVersion: number;
  /** Grows with each edit that changes what a chunk is: such an edit begins a new generation. */
  readonly framesVersion: number;
}

/** The part of a state that readers of a job see, as messages carry it. */
export const seenStateSchema = onDemand(() =>
  z.strictObject({
    id: jobIdSchema(),
    status: jobStatusSchema(),
    statusReason: z.string(),
    paused: z.boolean(),
    generation: boundedInt(1),
    version: boundedInt(1),
    next: boundedInt(0),
    total: boundedInt(0),
    slots: z.int(),
    counts: chunkCountsSchema(),
    followsChunks: z.boolean(),
    startedAt: z.nullable(timeSchema()),
    endedAt: z.nullable(timeSchema()),
  }),
);
export type SeenState = z.infer<ReturnType<typeof seenStateSchema>>;

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
  /** Something comes after its end: a movie, an action. */
  readonly hasFollowUps: boolean;
  /** `framesVersion` of the job that this generation's chunks are computed from. */
  readonly framesVersion: number;
  /** `specVersion` of the job that this state follows from. */
  readonly specVersion: number;
  /** The one that came by an import, of which hooks do not hear; null where none has. */
  readonly importedVersion: number | null;
  /** When this generation began. */
  readonly generationSince: string;
  /** Generations up to this one have no items left. */
  readonly sweptGeneration: number;
  /** When the tick first saw `slots` differ from the nodes that work on it. */
  readonly suspectSince: string | null;
  /** Version of the state at that sight: while it stays, no claim or report is under way. */
  readonly suspectVersion: number | null;
}
