/** Messages as SQS clients write and read them. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { boundedInt } from '../../shared/model/bounded.ts';
import { AwsError } from './awsError.ts';
import type { OutgoingMessage, ReceivedMessage, SentMessage } from './queueMessages.ts';
import { isFifoName } from './queueNames.ts';

/** Of SQS, for a message and for all messages of a batch. */
export const mostBodyBytes = 1_048_576;

const identity = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters'));

export const messageFields = {
  MessageBody: z.string().check(z.minLength(1)),
  DelaySeconds: z.optional(boundedInt(0, 900)),
  MessageGroupId: z.optional(identity),
  MessageDeduplicationId: z.optional(identity),
};

export function outgoing(input: z.infer<z.ZodMiniObject<typeof messageFields>>): OutgoingMessage {
  return {
    body: input.MessageBody,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
    delaySeconds: input.DelaySeconds,
  };
}

export function assertBodyFits(body: string): void {
  if (Buffer.byteLength(body) > mostBodyBytes) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${mostBodyBytes} bytes.`,
    );
  }
}

/** Clients compare the hash with that of what they sent. */
export const sentAnswer = (queueName: string, body: string, sent: SentMessage): object => ({
  MessageId: sent.messageId,
  MD5OfMessageBody: md5(body),
  ...(isFifoName(queueName) ? { SequenceNumber: sequenceNumber(sent.sequence) } : {}),
});

/** A received message, with those of its attributes that the client asked for. */
export function receivedAnswer(
  queueName: string,
  message: ReceivedMessage,
  wanted: ReadonlySet<string>,
): object {
  const attributes = Object.entries(systemAttributes(queueName, message)).filter(
    ([name]) => wanted.has('All') || wanted.has(name),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(attributes.length > 0 ? { Attributes: Object.fromEntries(attributes) } : {}),
  };
}

/** What SQS itself says about a message. */
export function systemAttributes(queueName: string, message: ReceivedMessage) {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(isFifoName(queueName) ? { SequenceNumber: sequenceNumber(message.sequence) } : {}),
    ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
    ...(message.deduplicationId === undefined ? {} : { MessageDeduplicationId: message.deduplicationId }),
  };
}

/** Twenty digits, as in SQS: text that sorts as the numbers do. */
const sequenceNumber = (sequence: number): string => String(sequence).padStart(20, '0');

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
