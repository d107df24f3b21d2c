/**
 * The SQS calls that nodes and functions make, in the AWS JSON protocol 1.0, over the local queues. A parameter
 * that is not implemented is refused, never ignored.
 */
import * as z from 'zod/mini';
import { boundedInt } from '../../shared/model/bounded.ts';
import { inEnglish } from '../../shared/model/inEnglish.ts';
import { AwsError } from './awsError.ts';
import { assertMay, type Principal } from './credentials.ts';
import { isQueueName, queueArn, queueNameFromUrl, queueUrl } from './queueNames.ts';
import { settingsFromAttributes } from './queueSettings.ts';
import type { QueueStore } from './queueStore.ts';
import { answerBatch, assertBatchFits } from './sqsBatch.ts';
import { assertBodyFits, messageFields, outgoing, receivedAnswer, sentAnswer } from './sqsMessage.ts';

export interface SqsCall {
  readonly queues: QueueStore;
  readonly principal: Principal;
  /** The gateway's address as this client knows it. */
  readonly gatewayUrl: string;
  /** Ends a long poll: the client has gone, or the gateway closes. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Runs an action, `SendMessage` for instance, on its parsed JSON input. */
export function answerSqs(action: string, input: unknown, call: SqsCall): Promise<object> {
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run === undefined) throw new AwsError('UnknownOperation', `There is no action ${action} here.`);
  return run(input, call);
}

type Action = (input: unknown, call: SqsCall) => Promise<object>;

/** Declares an action on a queue that is named by its URL. Rights are IAM's: a batch needs that of the single call. */
function onQueue<Input extends { QueueUrl: string }>(
  right: string,
  schema: z.ZodMiniType<Input>,
  run: (queueName: string, input: Input, call: SqsCall) => Promise<object>,
): Action {
  return async (given, call) => {
    const input = parse(schema, given);
    const queueName = queueNameFromUrl(input.QueueUrl);
    if (queueName === undefined) {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    assertMay(call.principal, right, queueArn(queueName));
    return run(queueName, input, call);
  };
}

/** Declares an action that gives the URL of a queue for its name. */
function byName<Input extends { QueueName: string }>(
  right: string,
  schema: z.ZodMiniType<Input>,
  run: (queueName: string, input: Input, call: SqsCall) => Promise<unknown>,
): Action {
  return async (given, call) => {
    const input = parse(schema, given);
    const queueName = input.QueueName;
    if (!isQueueName(queueName)) {
      throw new AwsError('InvalidParameterValue', 'Value for parameter QueueName is invalid.');
    }
    assertMay(call.principal, right, queueArn(queueName));
    await run(queueName, input, call);
    return { QueueUrl: queueUrl(call.gatewayUrl, queueName) };
  };
}

function parse<Input>(schema: z.ZodMiniType<Input>, input: unknown): Input {
  const parsed = schema.safeParse(input, inEnglish);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'the request';
  throw new AwsError('InvalidParameterValue', `${field}: ${issue?.message ?? 'is not valid'}.`, {
    cause: parsed.error,
  });
}

const visibility = boundedInt(0, 43_200);
const attributeNames = z.optional(z.array(z.string()));
/** Entries are checked one by one when a batch runs, so that a bad one fails alone. */
const entries = z.array(z.looseObject({ Id: z.string() }));

const deleteEntry = z.strictObject({ Id: z.string(), ReceiptHandle: z.string() });
const sendEntry = z.strictObject({ Id: z.string(), ...messageFields });

const actions: Readonly<Record<string, Action>> = {
  CreateQueue: byName(
    'sqs:CreateQueue',
    z.strictObject({ QueueName: z.string(), Attributes: z.optional(z.record(z.string(), z.string())) }),
    (queueName, { Attributes: attributes = {} }, { queues }) => {
      const settings = settingsFromAttributes(queueName, attributes);
      if (queueName.endsWith('.fifo') && attributes['FifoQueue'] === undefined) {
        throw new AwsError('InvalidParameterValue', 'A queue whose name ends in .fifo needs FifoQueue=true.');
      }
      return queues.create(queueName, settings);
    },
  ),

  GetQueueUrl: byName(
    'sqs:GetQueueUrl',
    z.strictObject({ QueueName: z.string() }),
    async (queueName, _, { queues }) => queues.getSettings(queueName),
  ),

  DeleteQueue: onQueue(
    'sqs:DeleteQueue',
    z.strictObject({ QueueUrl: z.string() }),
    async (queueName, _, { queues }) => {
      await queues.remove(queueName);
      return {};
    },
  ),

  SendMessage: onQueue(
    'sqs:SendMessage',
    z.strictObject({ QueueUrl: z.string(), ...messageFields }),
    async (queueName, input, { queues }) => {
      assertBodyFits(input.MessageBody);
      return sentAnswer(queueName, input.MessageBody, await queues.send(queueName, outgoing(input)));
    },
  ),

  SendMessageBatch: onQueue(
    'sqs:SendMessage',
    z.strictObject({ QueueUrl: z.string(), Entries: entries }),
    async (queueName, input, { queues }) => {
      queues.getSettings(queueName);
      assertBatchFits(input.Entries);
      return answerBatch(input.Entries, async (given) => {
        const entry = parse(sendEntry, given);
        return sentAnswer(queueName, entry.MessageBody, await queues.send(queueName, outgoing(entry)));
      });
    },
  ),

  ReceiveMessage: onQueue(
    'sqs:ReceiveMessage',
    z.strictObject({
      QueueUrl: z.string(),
      MaxNumberOfMessages: z.optional(boundedInt(1, 10)),
      WaitTimeSeconds: z.optional(boundedInt(0, 20)),
      VisibilityTimeout: z.optional(visibility),
      AttributeNames: attributeNames,
      MessageSystemAttributeNames: attributeNames,
      // No message has any: asking for them is harmless.
      MessageAttributeNames: attributeNames,
    }),
    async (queueName, input, call) => {
      const messages = await receive(queueName, call, {
        max: input.MaxNumberOfMessages ?? 1,
        visibilitySeconds: input.VisibilityTimeout,
        waitSeconds: input.WaitTimeSeconds,
      });
      if (messages.length === 0) return {};
      const names = new Set([...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]);
      return { Messages: messages.map((message) => receivedAnswer(queueName, message, names)) };
    },
  ),

  DeleteMessage: onQueue(
    'sqs:DeleteMessage',
    z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string() }),
    async (queueName, input, { queues }) => {
      await queues.delete(queueName, [input.ReceiptHandle]);
      return {};
    },
  ),

  DeleteMessageBatch: onQueue(
    'sqs:DeleteMessage',
    z.strictObject({ QueueUrl: z.string(), Entries: entries }),
    async (queueName, input, { queues }) => {
      queues.getSettings(queueName);
      assertBatchFits(input.Entries);
      return answerBatch(input.Entries, async (given) => {
        await queues.delete(queueName, [parse(deleteEntry, given).ReceiptHandle]);
        return {};
      });
    },
  ),

  ChangeMessageVisibility: onQueue(
    'sqs:ChangeMessageVisibility',
    z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: visibility }),
    async (queueName, input, { queues }) => {
      await queues.changeVisibility(queueName, input.ReceiptHandle, input.VisibilityTimeout);
      return {};
    },
  ),
};

/** Long poll: looks, and waits for something to look for, until there is a message or the time is over. */
async function receive(
  queueName: string,
  { queues, signal, now }: SqsCall,
  wanted: { max: number; visibilitySeconds: number | undefined; waitSeconds: number | undefined },
) {
  const waitSeconds = wanted.waitSeconds ?? queues.getSettings(queueName).waitSeconds;
  const until = now() + waitSeconds * 1000;
  for (;;) {
    // Before each receive: a message taken for a client that has gone would be hidden from the next.
    if (signal.aborted) return [];
    const messages = await queues.receive(queueName, wanted.max, wanted.visibilitySeconds);
    if (messages.length > 0 || now() >= until) return messages;
    await queues.arrival(queueName, { until, signal });
  }
}
