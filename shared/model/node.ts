/** A render node: one instance of the node agent on some host; a host may run several. */
import { z } from 'zod';
import { jobIdSchema, nameSchema, nodeIdSchema } from './ids.ts';
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

/** Hardware address of a network interface. */
export const macSchema = z
  .string()
  .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'must be six pairs of hexadecimal digits');

/** What the machine is. The agent measures it at start. */
export const capabilitiesSchema = z
  .strictObject({
    host: z.string().min(1).max(255).describe('Name of the machine.'),
    platform: z.enum(platforms),
    architecture: z.string().max(32),
    cores: z.number().min(0).max(65_535),
    threads: z.number().min(0).max(65_535),
    speedMhz: z.number().min(0).max(1_000_000),
    memoryMb: z.number().min(0).max(1_000_000_000),
    agentVersion: z.string().max(64),
    software: z
      .array(z.strictObject({ name: z.string().min(1).max(64), version: z.string().max(128) }))
      .max(64)
      .default([])
      .describe('Render programs that the agent found.'),
    interfaces: z
      .array(
        z.strictObject({
          mac: macSchema,
          cidr: z.string().max(64).describe('Address and length of its prefix, such as 10.0.7.12/24.'),
        }),
      )
      .max(16)
      .default([])
      .describe(
        'Network interfaces with an IPv4 address, loopback left out: a sleeping node is woken by them.',
      ),
  })
  .meta({ id: 'Capabilities' });
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** Priorities of a render process, from lowest to highest, and what `os.setPriority` takes for each. */
export const processPriorities = {
  low: 19,
  'below-normal': 10,
  normal: 0,
  'above-normal': -7,
  high: -14,
} as const;
export type ProcessPriority = keyof typeof processPriorities;
export const processPrioritySchema = z.enum(
  Object.keys(processPriorities) as [ProcessPriority, ...ProcessPriority[]],
);

/** What the machine does now; sent with each heartbeat. */
export const loadSchema = z.strictObject({
  cpu: z.number().min(0).max(100).describe('Processor load in percent.'),
  freeMemoryMb: z.number().min(0),
  freeDiskMb: z.number().min(0),
});
export type Load = z.infer<typeof loadSchema>;

const exclusionSchema = z.strictObject({
  id: z.int().describe('Id of the job or template.'),
  since: timeSchema,
  reason: z.string(),
});

/** What a node should run: names the chunk and the right to end it. */
export const assignmentKeySchema = z
  .strictObject({
    jobId: jobIdSchema,
    generation: z.int().min(1),
    index: z.int().min(0).describe('Index of the chunk, from 0.'),
    total: z.int().min(1).describe('Chunks of the job in this generation.'),
    attempt: z.int().min(1),
    token: z.string().min(1).max(64),
  })
  .meta({ id: 'AssignmentKey' });
export type AssignmentKey = z.infer<typeof assignmentKeySchema>;

export const nodeSchema = z
  .strictObject({
    id: nodeIdSchema,
    name: nameSchema,
    ...capabilitiesSchema.shape,
    pools: z.array(nameSchema),
    status: z.enum(nodeStatusNames as [NodeStatus, ...NodeStatus[]]),
    paused: z.boolean(),
    processPriority: processPrioritySchema.describe('Priority of the processes that it starts.'),
    realtimeLog: z.boolean().describe('Whether it sends the output of its process while it runs.'),
    notes: z.string(),
    jobId: jobIdSchema.nullable().describe('Job that it works on.'),
    chunkId: z.int().nullable(),
    progress: z.number().min(0).max(1),
    load: loadSchema.nullable(),
    lastSeenAt: timeSchema.nullable(),
    registeredAt: timeSchema,
    excludedJobs: z.array(exclusionSchema).describe('Jobs that it gets no chunks of, after failures.'),
    excludedTemplates: z
      .array(exclusionSchema)
      .describe('Templates that it gets no chunks of, after failures.'),
  })
  .meta({ id: 'Node' });
export type NodeView = z.infer<typeof nodeSchema>;

export type Exclusion = z.infer<typeof exclusionSchema>;

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
