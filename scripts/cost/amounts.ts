/** What a slice used, in the units of the price list, split by what it was for. */
import { functionSettings } from '../../infra/functions.ts';
import type { PriceName } from '../../infra/prices.ts';
import { queueSettings } from '../../infra/queues.ts';
import { operations } from '../../shared/contract/index.ts';
import type { QueueName } from '../../shared/runtime/env.ts';
import {
  ANSWER_OVERHEAD_BYTES,
  durations,
  FEED_BATCH,
  FEED_POLLS_PER_SECOND,
  FEED_SHARDS,
  MAILBOX_ANSWER_BYTES,
} from './assumptions.ts';
import type { Slice } from './slice.ts';
import { allUnits, type Use } from './use.ts';

/** The parts of a run that are priced apart. */
export const parts = ['chunks', 'logs', 'heartbeats', 'mailboxes', 'tick'] as const;
export type Part = (typeof parts)[number];

export type Amounts = Partial<Record<PriceName, number>>;

const partOf: Readonly<Record<string, Part>> = {
  nodeUploadLog: 'logs',
  nodeHeartbeat: 'heartbeats',
  nodeMailboxCredentials: 'mailboxes',
  agent: 'mailboxes',
  idling: 'tick',
};

export const partFor = (cause: string): Part => partOf[cause] ?? 'chunks';

const isFunction = (name: string): name is keyof typeof durations => name in durations;

/** The function that serves a cause; undefined for what nodes ask of SQS themselves. */
export function functionFor(cause: string): keyof typeof durations | undefined {
  const name = operations.find((operation) => operation.name === cause)?.group ?? cause;
  return isFunction(name) ? name : undefined;
}

/** Calls of the projector for so many records a second, by a random arrival of records and a look every so often. */
export function feedCallsPerSecond(recordsPerSecond: number): number {
  const polls = FEED_SHARDS * FEED_POLLS_PER_SECOND;
  const found = polls * (1 - Math.exp(-recordsPerSecond / polls));
  return Math.max(found, recordsPerSecond / FEED_BATCH);
}

/**
 * Amounts of the whole slice as they would be on a farm of `nodes`: the same work for each chunk and each node, but
 * changes that come closer together share calls of the projector.
 */
export function amountsOf(slice: Slice, nodes: number): Readonly<Record<Part, Amounts>> {
  const amounts: Record<Part, Amounts> = { chunks: {}, logs: {}, heartbeats: {}, mailboxes: {}, tick: {} };
  const add = (part: Part, more: Amounts): void => {
    const sum = amounts[part];
    for (const [name, amount] of Object.entries(more) as [PriceName, number][]) {
      sum[name] = (sum[name] ?? 0) + amount;
    }
  };
  for (const [cause, use] of slice.uses) {
    const part = partFor(cause);
    add(part, { ...tableAmounts(use), ...queueAmounts(use, cause), busEvent: use.events });
    // The projector is paid for by whatever changed the records that it is given.
    const records = use.feedRecords.queue + use.feedRecords.farm;
    add(part, callAmounts('projector', feedCalls(slice, use, nodes), records));
    if (cause === 'agent') add(part, { transferOut: gigabytes(mailboxRequests(use) * MAILBOX_ANSWER_BYTES) });
    const name = functionFor(cause);
    if (name === undefined || name === 'projector') continue;
    if (name === 'idling') {
      // A tick is one call however many nodes it looks at.
      const calls = (use.invocations * slice.options.nodes) / nodes;
      add(part, {
        ...callAmounts(name, calls, use.invocations * slice.options.nodes),
        scheduledEvent: calls,
      });
      continue;
    }
    add(part, callAmounts(name, use.invocations, use.messages));
    if (functionSettings[name].calledBy !== 'HTTP API') continue;
    add(part, {
      httpCall: use.invocations,
      transferOut: gigabytes(use.answerBytes + use.invocations * ANSWER_OVERHEAD_BYTES),
    });
  }
  add('logs', { objectPut: slice.uses.get('nodeUploadLog')?.invocations ?? 0 });
  return amounts;
}

const gigabytes = (bytes: number): number => bytes / 1e9;

function tableAmounts(use: Use): Amounts {
  const { readUnits, writeUnits } = allUnits(use);
  return { readUnit: readUnits, writeUnit: writeUnits, logWrite: gigabytes(use.logBytes) };
}

/** A function that works off a queue was given its batch by a receive, and a delete follows. */
const REQUESTS_PER_BATCH = 2;

function queueAmounts(use: Use, cause: string): Amounts {
  const requests = { queueRequest: 0, fifoRequest: 0 };
  const nameOf = (queue: string) =>
    queue === 'mailbox' || queueSettings[queue as QueueName].isFifo ? 'fifoRequest' : 'queueRequest';
  for (const [name, count] of use.queueRequests) requests[nameOf(name.split('.')[0] ?? '')] += count;
  if (cause in queueSettings) requests[nameOf(cause)] += REQUESTS_PER_BATCH * use.invocations;
  return requests;
}

const mailboxRequests = (use: Use): number =>
  [...use.queueRequests.values()].reduce((sum, count) => sum + count, 0);

function callAmounts(name: keyof typeof durations, calls: number, messages: number): Amounts {
  const { milliseconds, perMessage } = durations[name];
  const seconds = (calls * milliseconds + messages * perMessage) / 1_000;
  return {
    functionCall: calls,
    functionTime: seconds * (functionSettings[name].memoryMegabytes / 1_024),
  };
}

/** Calls of the projector for one changed record of a table. */
function feedCallsPerRecord(slice: Slice, table: 'queue' | 'farm', nodes: number): number {
  const records = [...slice.uses.values()].reduce((sum, { feedRecords }) => sum + feedRecords[table], 0);
  if (records === 0) return 0;
  const perSecond = (records / slice.seconds) * (nodes / slice.options.nodes);
  return feedCallsPerSecond(perSecond) / perSecond;
}

/** Calls of the projector for the records that one cause changed. */
export const feedCalls = (slice: Slice, { feedRecords }: Use, nodes: number): number =>
  feedRecords.queue * feedCallsPerRecord(slice, 'queue', nodes) +
  feedRecords.farm * feedCallsPerRecord(slice, 'farm', nodes);
