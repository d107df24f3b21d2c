/** Messages as rows: what a send, a receive and time do to them. Each function is part of one commit. */
import { createHash, randomUUID } from 'node:crypto';
import type { Row, Sql } from '../store/database.ts';
import { AwsError } from './awsError.ts';
import { isFifoName } from './queueNames.ts';
import { findSettings } from './queueRows.ts';
import type { QueueSettings } from './queueSettings.ts';
import { visibleMessages, visibleMessagesInOrder } from './queueTables.ts';

export interface OutgoingMessage {
  readonly body: string;
  /** FIFO only, and required there. */
  readonly groupId?: string | undefined;
  /** FIFO only, and required there unless the queue takes the body's hash. */
  readonly deduplicationId?: string | undefined;
  /** Standard queues only. */
  readonly delaySeconds?: number | undefined;
}

export interface SentMessage {
  readonly messageId: string;
  /** Place in the order of a FIFO queue. */
  readonly sequence: number;
}

export interface ReceivedMessage extends SentMessage {
  readonly receiptHandle: string;
  readonly body: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Milliseconds since 1970, as the other times here. */
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
}

const deduplicationMs = 5 * 60_000;
/** So many messages beyond their retention are swept by each send: more than come in, so a queue shrinks. */
const sweepCount = 8;

/** Stores a message, unless it repeats one: then answers with that one. */
export function put(
  sql: Sql,
  queueName: string,
  settings: QueueSettings,
  message: OutgoingMessage,
  now: number,
): { sent: SentMessage; isNew: boolean } {
  const { body, groupId, delaySeconds } = message;
  const fifo = isFifoName(queueName);
  const deduplicationId =
    message.deduplicationId ?? (fifo && settings.deduplicatesByContent ? sha256(body) : undefined);
  assertFits(fifo, message, deduplicationId);
  if (deduplicationId !== undefined) {
    const first = sql.get(
      `SELECT message_id, sequence FROM deduplications
       WHERE queue = ? AND deduplication_id = ? AND expires_at > ?`,
      queueName,
      deduplicationId,
      now,
    );
    if (first !== undefined) {
      const sent = { messageId: String(first['message_id']), sequence: Number(first['sequence']) };
      return { sent, isNew: false };
    }
  }
  sweep(sql, queueName, now - settings.retentionSeconds * 1000, now);
  const messageId = randomUUID();
  const row = sql.get(
    `INSERT INTO messages (queue, id, body, message_group, deduplication_id, sent_at, visible_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING sequence`,
    queueName,
    messageId,
    body,
    groupId ?? null,
    deduplicationId ?? null,
    now,
    now + (delaySeconds ?? settings.delaySeconds) * 1000,
  );
  const sequence = Number(row?.['sequence']);
  if (deduplicationId !== undefined) {
    sql.run(
      `INSERT OR REPLACE INTO deduplications (queue, deduplication_id, message_id, sequence, expires_at)
       VALUES (?, ?, ?, ?, ?)`,
      queueName,
      deduplicationId,
      messageId,
      sequence,
      now + deduplicationMs,
    );
  }
  return { sent: { messageId, sequence }, isNew: true };
}

function assertFits(fifo: boolean, message: OutgoingMessage, deduplicationId: string | undefined): void {
  const { groupId, delaySeconds } = message;
  if (fifo && groupId === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  if (fifo && deduplicationId === undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      'The queue needs a MessageDeduplicationId or ContentBasedDeduplication.',
    );
  }
  if (fifo && delaySeconds !== undefined) {
    throw new AwsError('InvalidParameterValue', 'DelaySeconds of a message is not valid for a FIFO queue.');
  }
  if (!fifo && (groupId ?? deduplicationId) !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      'MessageGroupId and MessageDeduplicationId are not valid for a standard queue here.',
    );
  }
}

/** Drops what nobody may receive any more, a few at a time; a queue that nobody reads would grow for ever. */
function sweep(sql: Sql, queueName: string, sentBefore: number, now: number): void {
  sql.run(
    `DELETE FROM messages WHERE sent_at <= ?2 AND sequence IN
       (SELECT sequence FROM messages WHERE queue = ?1 ORDER BY visible_at LIMIT ${sweepCount})`,
    queueName,
    sentBefore,
  );
  sql.run('DELETE FROM deduplications WHERE expires_at <= ?', now);
}

/** Messages that a receive would find now, in the order in which it would. */
export function visible(sql: Sql, queueName: string, now: number, limit: number): Row[] {
  return sql.all(isFifoName(queueName) ? visibleMessagesInOrder : visibleMessages, queueName, now, limit);
}

/** Hides messages for a while and answers with them. Drops or moves those that nobody may receive any more. */
export function take(
  sql: Sql,
  queueName: string,
  settings: QueueSettings,
  max: number,
  visibilitySeconds: number | undefined,
  now: number,
): { taken: ReceivedMessage[]; hasDead: boolean } {
  const visibleAt = now + (visibilitySeconds ?? settings.visibilitySeconds) * 1000;
  const sentBefore = now - settings.retentionSeconds * 1000;
  const { deadLetters } = settings;
  // Without a queue to take them, dead letters are delivered again rather than lost.
  const mostReceives =
    deadLetters !== null && findSettings(sql, deadLetters.queueName) !== undefined
      ? deadLetters.maxReceiveCount
      : Number.POSITIVE_INFINITY;
  const taken: ReceivedMessage[] = [];
  let hasDead = false;
  const handled = new Set<number>();
  for (;;) {
    const rows = visible(sql, queueName, now, max - taken.length).filter(
      (row) => !handled.has(Number(row['sequence'])),
    );
    for (const row of rows) {
      const sequence = Number(row['sequence']);
      handled.add(sequence);
      if (Number(row['sent_at']) <= sentBefore) {
        sql.run('DELETE FROM messages WHERE sequence = ?', sequence);
      } else if (deadLetters !== null && Number(row['receive_count']) >= mostReceives) {
        bury(sql, sequence, deadLetters.queueName, now);
        hasDead = true;
      } else {
        taken.push(mark(sql, row, visibleAt, now));
      }
    }
    if (rows.length === 0 || taken.length >= max) return { taken, hasDead };
  }
}

function bury(sql: Sql, sequence: number, deadLetters: string, now: number): void {
  sql.run(
    `UPDATE messages SET queue = ?, visible_at = ?, receive_count = 0, first_received_at = NULL
     WHERE sequence = ?`,
    deadLetters,
    now,
    sequence,
  );
}

function mark(sql: Sql, row: Row, visibleAt: number, now: number): ReceivedMessage {
  const sequence = Number(row['sequence']);
  const receiveCount = Number(row['receive_count']) + 1;
  const firstReceivedAt = Number(row['first_received_at'] ?? now);
  sql.run(
    'UPDATE messages SET visible_at = ?, receive_count = ?, first_received_at = ? WHERE sequence = ?',
    visibleAt,
    receiveCount,
    firstReceivedAt,
    sequence,
  );
  return {
    messageId: String(row['id']),
    sequence,
    receiptHandle: `${sequence}.${receiveCount}`,
    body: String(row['body']),
    groupId: textOf(row['message_group']),
    deduplicationId: textOf(row['deduplication_id']),
    sentAt: Number(row['sent_at']),
    firstReceivedAt,
    receiveCount,
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A handle names a receive, not a message: it holds how often the message had been received. */
export function parseHandle(handle: string): { sequence: number; receiveCount: number } {
  const [, sequence, receiveCount] = /^(\d{1,15})\.(\d{1,9})$/.exec(handle) ?? [];
  if (sequence === undefined) {
    throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
  return { sequence: Number(sequence), receiveCount: Number(receiveCount) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
