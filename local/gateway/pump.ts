/**
 * What stands between a queue and its function in AWS: takes messages, calls the function with a batch, and
 * deletes what it has done. What failed is left to come back when its visibility time-out is over, which is its
 * back-off, and goes to the dead letters if the queue has them and it failed too often.
 */
import type { Context as LambdaContext, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Clock } from '../../shared/model/clock.ts';
import { lambdaContext } from './lambda.ts';
import type { ReceivedMessage } from './queueMessages.ts';
import { localRegion, queueArn } from './queueNames.ts';
import type { QueueStore } from './queueStore.ts';
import { md5, systemAttributes } from './sqsMessage.ts';
import { pause, systemTimer, type Timer } from './timer.ts';

/** A function that answers which messages of a batch failed; answering nothing says that all went well. */
export type QueueHandler = (
  event: SQSEvent,
  context: LambdaContext,
  // biome-ignore lint/suspicious/noConfusingVoidType: what aws-lambda says of a handler that may answer nothing
) => Promise<SQSBatchResponse | void>;

export interface PumpOptions {
  readonly queues: QueueStore;
  readonly queueName: string;
  readonly handler: QueueHandler;
  readonly clock: Clock;
  /** Most messages of a batch; 10 if not given. */
  readonly batchSize?: number;
  /** Batches at a time; 1 if not given. */
  readonly concurrency?: number;
  /** Until a message that failed comes back; the queue's own if not given. A batch should not take longer. */
  readonly visibilitySeconds?: number;
  readonly timer?: Timer;
  /** Told when a handler throws and when the queue cannot be used. The pump goes on. */
  readonly onError: (error: unknown) => void;
}

export interface Pump {
  /** Takes no more messages and waits for the batches that run. */
  stop(): Promise<void>;
}

/** Before a queue that cannot be used, a full disk for instance, is tried again. */
const pauseMs = 1_000;

/** Throws QueueDoesNotExist. */
export function startPump(options: PumpOptions): Pump {
  options.queues.getSettings(options.queueName);
  const stopping = new AbortController();
  const workers = Array.from({ length: options.concurrency ?? 1 }, () => work(options, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(workers);
    },
  };
}

async function work(options: PumpOptions, signal: AbortSignal): Promise<void> {
  const { queues, queueName, batchSize = 10, visibilitySeconds, onError } = options;
  while (!signal.aborted) {
    try {
      const messages = await queues.receive(queueName, batchSize, visibilitySeconds);
      if (messages.length > 0) await runBatch(options, messages);
      else await queues.arrival(queueName, { signal });
    } catch (error) {
      onError(error);
      await pause(options.timer ?? systemTimer, pauseMs, signal);
    }
  }
}

async function runBatch(options: PumpOptions, messages: readonly ReceivedMessage[]): Promise<void> {
  const { queues, queueName, handler, clock, onError } = options;
  const event = { Records: messages.map((message) => recordOf(queueName, message)) };
  let failed: ReadonlySet<string>;
  try {
    failed = failedIds(await handler(event, lambdaContext(queueName, clock)), messages);
  } catch (error) {
    onError(error);
    return;
  }
  const done = messages.filter(({ messageId }) => !failed.has(messageId));
  if (done.length > 0) {
    await queues.delete(
      queueName,
      done.map(({ receiptHandle }) => receiptHandle),
    );
  }
}

/** As Lambda reads the answer: an id that is not in the batch fails all of it, for nobody knows what it means. */
function failedIds(
  answer: Awaited<ReturnType<QueueHandler>>,
  messages: readonly ReceivedMessage[],
): ReadonlySet<string> {
  const known = new Set(messages.map(({ messageId }) => messageId));
  const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => known.has(id)) ? failed : known;
}

const recordOf = (queueName: string, message: ReceivedMessage): SQSRecord => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: systemAttributes(queueName, message),
  messageAttributes: {},
  md5OfBody: md5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn(queueName),
  awsRegion: localRegion,
});
