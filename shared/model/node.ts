/** A render node: one instance of the node agent on some host; a host may run several. */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { jobIdSchema, nameSchema, nodeIdSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

/** Status of a node. `legacy` is the number that clients of the reference see, `label` the word of its node lists. */
export const nodeStatuses = {
  /** Its lease lapsed, or it left. Register moves it out. */
  offline: { legacy: 0, label: 'offline' },
  /** Ready for work. */
  idle: { legacy: 1, label: 'idle' },
  /** Holds a chunk. */
  working: { legacy: 2, label: 'in progress' },
  /** Takes no work; may still finish the chunk that it holds. */
  paused: { legacy: 3, label: 'paused' },
} as const;
export type NodeStatus = keyof typeof nodeStatuses;
export const nodeStatusNames = Object.keys(nodeStatuses) as NodeStatus[];

export const platforms = ['linux', 'darwin', 'win32'] as const;
export type Platform = (typeof platforms)[number];

/** Hardware address of a network interface. */
export const macSchema = onDemand(() =>
  z.string().check(z.regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'must be six pairs of hexadecimal digits')),
);

/** What the machine is. The agent measures it at start. */
export const capabilitiesSchema = onDemand(() =>
  z
    .strictObject({
      host: described(boundedText(1, 255), 'Name of the machine.'),
      platform: z.enum(platforms),
      architecture: z.string().check(z.maxLength(32)),
      cores: boundedNumber(0, 65_535),
      threads: boundedNumber(0, 65_535),
      speedMhz: boundedNumber(0, 1_000_000),
      memoryMb: boundedNumber(0, 1_000_000_000),
      agentVersion: z.string().check(z.maxLength(64)),
      software: described(
        z._default(
          z
            .array(z.strictObject({ name: boundedText(1, 64), version: z.string().check(z.maxLength(128)) }))
            .check(z.maxLength(64)),
          [],
        ),
        'Render programs that the agent found.',
      ),
      interfaces: described(
        z._default(
          z
            .array(
              z.strictObject({
                mac: macSchema(),
                cidr: described(
                  z.string().check(z.maxLength(64)),
                  'Address and length of its prefix, such as 10.0.7.12/24.',
                ),
              }),
            )
            .check(z.maxLength(16)),
          [],
        ),
        'Network interfaces with an IPv4 address, loopback left out: a sleeping node is woken by them.',
      ),
    })
    .register(z.globalRegistry, { id: 'Capabilities' }),
);
export type Capabilities = z.infer<ReturnType<typeof capabilitiesSchema>>;

/** Priorities of a render process, from lowest to highest, and what `os.setPriority` takes for each. */
export const processPriorities = {
  low: 19,
  'below-normal': 10,
  normal: 0,
  'above-normal': -7,
  high: -14,
} as const;
export type ProcessPriority = keyof typeof processPriorities;
export const processPrioritySchema = onDemand(() =>
  z.enum(Object.keys(processPriorities) as ProcessPriority[]),
);

/** What the machine does now; sent with each heartbeat. */
export const loadSchema = onDemand(() =>
  z.strictObject({
    cpu: described(boundedNumber(0, 100), 'Processor load in percent.'),
    freeMemoryMb: boundedNumber(0),
    freeDiskMb: boundedNumber(0),
  }),
);
export type Load = z.infer<ReturnType<typeof loadSchema>>;

const exclusionSchema = onDemand(() =>
  z.strictObject({
    id: described(z.int(), 'Id of the job or template.'),
    since: timeSchema(),
    reason: z.string(),
  }),
);

/** What a node should run: names the chunk and the right to end it. */
export const assignmentKeySchema = onDemand(() =>
  z
    .strictObject({
      jobId: jobIdSchema(),
      generation: boundedInt(1),
      index: described(boundedInt(0), 'Index of the chunk, from 0.'),
      total: described(boundedInt(1), 'Chunks of the job in this generation.'),
      attempt: boundedInt(1),
      token: boundedText(1, 64),
    })
    .register(z.globalRegistry, { id: 'AssignmentKey' }),
);
export type AssignmentKey = z.infer<ReturnType<typeof assignmentKeySchema>>;

export const nodeSchema = onDemand(() =>
  z
    .strictObject({
      id: nodeIdSchema(),
      name: nameSchema(),
      ...capabilitiesSchema().shape,
      pools: z.array(nameSchema()),
      status: z.enum(nodeStatusNames),
      paused: z.boolean(),
      processPriority: described(processPrioritySchema(), 'Priority of the processes that it starts.'),
      realtimeLog: described(z.boolean(), 'Whether it sends the output of its process while it runs.'),
      notes: z.string(),
      jobId: described(z.nullable(jobIdSchema()), 'Job that it works on.'),
      chunkId: z.nullable(z.int()),
      progress: boundedNumber(0, 1),
      load: z.nullable(loadSchema()),
      lastSeenAt: z.nullable(timeSchema()),
      registeredAt: timeSchema(),
      excludedJobs: described(z.array(exclusionSchema()), 'Jobs that it gets no chunks of, after failures.'),
      excludedTemplates: described(
        z.array(exclusionSchema()),
        'Templates that it gets no chunks of, after failures.',
      ),
    })
    .register(z.globalRegistry, { id: 'Node' }),
);
export type NodeView = z.infer<ReturnType<typeof nodeSchema>>;

export type Exclusion = z.infer<ReturnType<typeof exclusionSchema>>;

/** Failures in a row of one job's chunks on this node. */
export interface JobFailures {
  readonly jobId: number;
  readonly count: number;
}

/** Jobs of a template that failed on this node one after another, the newest last. */
export interface TemplateFailures {
  readonly templateId: number;
  readonly jobIds: readonly number[];
}

/** Identity and settings of a node: changed by register, by hand and by failures. */
export interface NodeItem extends Capabilities {
  readonly id: number;
  readonly name: string;
  readonly pools: readonly string[];
  /** Pools that its agent named when it registered last: while it names the same, what was set by hand since stays. */
  readonly agentPools: readonly string[];
  readonly notes: string;
  readonly registeredAt: string;
  readonly excludedJobs: readonly Exclusion[];
  readonly excludedTemplates: readonly Exclusion[];
  readonly jobFailures: readonly JobFailures[];
  readonly templateFailures: readonly TemplateFailures[];
  /**
   * Hashes of the tokens of its present and its former session. The former one is still known, so that an agent
   * which was replaced hears that and not that it is a stranger.
   */
  readonly tokenHashes: readonly string[];
  readonly version: number;
}

export interface Assignment extends AssignmentKey {
  /** Limits held for this chunk, given back when it ends. */
  readonly limits: readonly string[];
  readonly assignedAt: string;
  /** `framesVersion` of the job that the chunk is computed from. */
  readonly framesVersion: number;
  /** Set on a pushed assignment until the node has accepted it. */
  readonly acceptBy: string | null;
}

/** What the node does and should do: the hot part, and the desired state that each heartbeat returns. */
export interface NodeState {
  readonly id: number;
  readonly status: NodeStatus;
  /** Opened by register; every call of the node carries it. */
  readonly session: string;
  readonly paused: boolean;
  readonly assignment: Assignment | null;
  readonly leaseUntil: string | null;
  readonly lastSeenAt: string | null;
  readonly progress: number;
  readonly load: Load | null;
  readonly processPriority: ProcessPriority;
  readonly realtimeLog: boolean;
  /** Grows with each command; the agent converges when it sees a new one. */
  readonly commandNo: number;
}
