/**
 * What a simulation cannot count, each with its reason. Nothing else in the price of a run is assumed.
 */
import type { FunctionName } from '../../infra/access.ts';

export interface Duration {
  /** Of a call, whatever it is given. */
  readonly milliseconds: number;
  /** For each record or message in it; for the tick, for each node that is not offline. */
  readonly perMessage: number;
}

const call = { milliseconds: 60, perMessage: 0 };

/**
 * Billed time of functions once they are warm: 5 ms for each of the calls of DynamoDB and SQS that wait for each other,
 * and 20 ms for our own code on a third of a core. Not measured on AWS yet, so the price is also given with all of them
 * doubled. Starts from cold are left out: a farm at work keeps its instances.
 */
export const durations: Readonly<Record<Exclude<FunctionName, 'firstStart'>, Duration>> = {
  jobs: call,
  chunks: call,
  nodes: call,
  clients: call,
  notificators: call,
  users: call,
  groups: call,
  pools: call,
  repositories: call,
  templates: call,
  backup: { milliseconds: 300, perMessage: 0 },
  db: call,
  system: call,
  log: call,
  session: { milliseconds: 150, perMessage: 0 },
  rest: call,
  nodeProtocol: call,
  projector: { milliseconds: 20, perMessage: 5 },
  console: call,
  consolePush: { milliseconds: 20, perMessage: 0.2 },
  dispatch: { milliseconds: 20, perMessage: 60 },
  recount: { milliseconds: 100, perMessage: 100 },
  hooks: { milliseconds: 20, perMessage: 100 },
  events: { milliseconds: 20, perMessage: 20 },
  idling: { milliseconds: 300, perMessage: 0.2 },
};

/** A new on-demand table takes 4,000 writes a second: four partitions, and each is a shard of the stream. */
export const FEED_SHARDS = 4;
/** How often Lambda looks into a shard; what it finds is one call. */
export const FEED_POLLS_PER_SECOND = 4;
/** The most records in a call; `infra/constructs/changeFeed.ts` says so. */
export const FEED_BATCH = 100;
/** Headers of an answer and what TLS and TCP add. */
export const ANSWER_OVERHEAD_BYTES = 700;
/** An answer of SQS to a node, empty or with a message that names a token. */
export const MAILBOX_ANSWER_BYTES = 700;
/** Output of a frame, as it is stored. Renderers differ by a factor of a hundred. */
export const LOG_BYTES = 20_000;
/** A small picture of a frame: FFmpeg makes 5 to 15 KB of most. */
export const THUMBNAIL_BYTES = 10_000;
