/** Limits of AWS, and how near to each a farm comes: by what a simulated one was counted to ask for. */
import { functionSettings } from '../../infra/functions.ts';
import { functionFor } from '../cost/amounts.ts';
import { durations, FEED_BATCH, FEED_SHARDS } from '../cost/assumptions.ts';
import type { Slice } from '../cost/slice.ts';
import type { Use } from '../cost/use.ts';

export interface Limit {
  readonly what: string;
  /** The most, each second. */
  readonly most: number;
  readonly unit: string;
  /** What one node at work asks for, each second. */
  readonly perNode: number;
  /** What helps when it is reached. */
  readonly answer: string;
}

const PARTITION_WRITES = 1_000;
/** Partitions of a long job's chunks. */
const CHUNK_SHARDS = 16;

/** Limits of nodes at work, the nearest first. A limit of one job is that of all nodes on one job. */
export function limitsOf(slice: Slice): Limit[] {
  const nodeSeconds = slice.seconds * slice.options.nodes;
  const rate = (amount: number): number => amount / nodeSeconds;
  const sumOf = (of: (use: Use, cause: string) => number): number =>
    rate([...slice.uses].reduce((sum, [cause, use]) => sum + of(use, cause), 0));
  const isHttp = (cause: string): boolean => {
    const name = functionFor(cause);
    return name !== undefined && functionSettings[name].calledBy === 'HTTP API';
  };
  const writes = (table: string): number =>
    sumOf(({ units }) =>
      [...units].reduce(
        (sum, [name, { writeUnits }]) => sum + (name.startsWith(`${table}.`) ? writeUnits : 0),
        0,
      ),
    );
  const calls = sumOf(({ invocations }, cause) => (isHttp(cause) ? invocations : 0));
  const changes = (kind: string): number => rate(slice.changes.get(kind) ?? 0);
  const batchSeconds =
    (durations.projector.milliseconds + FEED_BATCH * durations.projector.perMessage) / 1_000;
  const records = (table: 'queue' | 'farm'): number => sumOf(({ feedRecords }) => feedRecords[table]);
  const limits: Limit[] = [
    {
      what: 'calls of the HTTP API that a stage lets through',
      most: 1_000,
      unit: 'calls',
      perNode: calls,
      answer: 'ours, against floods: raise it in `infra/constructs/httpApi.ts`',
    },
    {
      what: 'calls of HTTP APIs in an account and region',
      most: 10_000,
      unit: 'calls',
      perNode: calls,
      answer: 'a quota that AWS raises',
    },
    {
      what: 'functions of the node protocol at a time, in a new account',
      most: 10,
      unit: 'calls under way',
      perNode: (calls * durations.nodeProtocol.milliseconds) / 1_000,
      answer: 'a quota that AWS raises; callers that are refused repeat',
    },
    {
      what: 'functions of the node protocol at a time',
      most: 1_000,
      unit: 'calls under way',
      perNode: (calls * durations.nodeProtocol.milliseconds) / 1_000,
      answer: 'a quota that AWS raises',
    },
    {
      what: 'writes of a job state: claims and reports of one job',
      most: PARTITION_WRITES,
      unit: 'W',
      perNode: changes('STATES'),
      answer:
        'the SDK and then the nodes repeat, so chunks begin later; several jobs at a time, or larger packets',
    },
    {
      what: 'writes of attempts by day: one job',
      most: PARTITION_WRITES,
      unit: 'W',
      perNode: changes('ATTEMPTS'),
      answer: 'the feed is followed later, nothing is lost; as above',
    },
    {
      what: 'writes of the chunks of one long job, in sixteen partitions',
      most: PARTITION_WRITES * CHUNK_SHARDS,
      unit: 'W',
      perNode: changes('CHUNKS'),
      answer: 'never the first',
    },
    ...(['queue', 'farm'] as const).flatMap((table): Limit[] => [
      {
        what: `writes of a new table \`${table}\``,
        most: 4_000,
        unit: 'W',
        perNode: writes(table),
        answer: 'DynamoDB doubles what it has seen within half an hour; warm the table before a large start',
      },
      {
        what: `writes of table \`${table}\``,
        most: 40_000,
        unit: 'W',
        perNode: writes(table),
        answer: 'a quota that AWS raises',
      },
      {
        what: `changes of \`${table}\` that the projector follows, four shards and ${batchSeconds} s for a batch of ${FEED_BATCH}`,
        most: (FEED_SHARDS * FEED_BATCH) / batchSeconds,
        unit: 'changes',
        perNode: records(table),
        answer:
          'shards multiply with the partitions of the table; ten batches of a shard at a time (`parallelizationFactor`)',
      },
    ]),
    {
      what: 'writes of logs under one prefix of the bucket',
      most: 3_500,
      unit: 'PUTs',
      perNode: rate(slice.uses.get('nodeUploadLog')?.invocations ?? 0),
      answer: 'S3 divides prefixes that are busy',
    },
  ];
  return limits.sort((one, other) => nodesAt(one) - nodesAt(other));
}

/** Nodes at work that reach a limit. */
export const nodesAt = ({ most, perNode }: Limit): number => Math.floor(most / perNode);
