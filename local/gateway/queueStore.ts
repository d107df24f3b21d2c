/**
 * The local queues: what SQS does for the dispatcher, over the one SQLite file of a local farm. A message that was
 * accepted, received or deleted is so after a kill -9 too: each promise resolves after the commit.
 *
 * As in SQS, delivery is at least once: a message that is received is hidden for its visibility time-out and comes back
 * unless it is deleted. FIFO queues keep the order within a group and drop what repeats a deduplication id
 * within five minutes.
 */
import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../shared/model/clock.ts';
import type { Database, Row, Sql } from '../store/database.ts';
import { AwsError } from './awsError.ts';
import { isFifoName, isQueueName } from './queueNames.ts';
import { defaultSettings, type QueueSettings } from './queueSettings.ts';
import { queueSchema, visibleMessages, visibleMessagesInOrder } from './queueTables.ts';
import { systemTimer, type Timer } from './timer.ts';

export interface QueueStoreOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly timer?: Timer;
}

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
/** A waiter looks again after this long, in case the machine's clock was set or the machine slept. */
const longestWaitMs = 60_000;

export class QueueStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor({ database, clock, timer = systemTimer }: QueueStoreOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#timer = timer;
    database.schema(queueSchema);
  }

  /** Creates a queue. One that exists stays as it is, and must not contradict the settings given. */
  create(queueName: string, settings: Partial<QueueSettings> = {}): Promise<void> {
    return this.#database.write((sql) => {
      const present = findSettings(sql, queueName);
      if (present === undefined) {
        putQueue(sql, queueName, { ...defaultSettings, ...settings });
      } else if (!isDeepStrictEqual({ ...present, ...settings }, present)) {
        throw new AwsError('QueueNameExists', `Queue ${queueName} exists with other attributes.`);
      }
    });
  }

  /** Creates a queue or gives an existing one these settings: for the dispatcher's own queues, at its start. */
  declare(queueName: string, settings: Partial<QueueSettings> = {}): Promise<void> {
    return this.#database.write((sql) =>
      putQueue(sql, queueName, { ...defaultSettings, ...findSettings(sql, queueName), ...settings }),
    );
  }

  /** Deletes a queue with its messages. Who waits for one of them is told. */
  async remove(queueName: string): Promise<void> {
    await this.#database.write((sql) => {
      getSettings(sql, queueName);
      sql.run('DELETE FROM queues WHERE name = ?', queueName);
      sql.run('DELETE FROM messages WHERE queue = ?', queueName);
      sql.run('DELETE FROM deduplications WHERE queue = ?', queueName);
    });
    this.#announce(queueName);
  }

  /** Throws QueueDoesNotExist. */
  getSettings(queueName: string): QueueSettings {
    return this.#database.read((sql) => getSettings(sql, queueName));
  }

  async send(queueName: string, message: OutgoingMessage): Promise<SentMessage> {
    const { sent, isNew } = await this.#database.write((sql) =>
      put(sql, queueName, getSettings(sql, queueName), message, this.#clock.now()),
    );
    if (isNew) this.#announce(queueName);
    return sent;
  }

  /**
   * Takes at most `max` messages and hides them. Messages beyond their retention or their most receives are
   * dropped or moved on the way. An empty queue costs no disk write: a read sees it first.
   */
  async receive(queueName: string, max = 1, visibilitySeconds?: number): Promise<ReceivedMessage[]> {
    const settings = this.getSettings(queueName);
    if (this.#database.read((sql) => visible(sql, queueName, this.#clock.now(), 1)).length === 0) return [];
    const { taken, hasDead } = await this.#database.write((sql) =>
      take(sql, queueName, settings, max, visibilitySeconds, this.#clock.now()),
    );
    if (hasDead && settings.deadLetters !== null) this.#announce(settings.deadLetters.queueName);
    return taken;
  }

  /**
   * Deletes messages by the handles of their last receive. A handle of an earlier receive deletes nothing, as
   * in SQS: somebody else works on the message now. Repeating a delete is harmless.
   */
  async delete(queueName: string, receiptHandles: readonly string[]): Promise<void> {
    const handles = receiptHandles.map(parseHandle);
    await this.#database.write((sql) => {
      getSettings(sql, queueName);
      for (const { sequence, receiveCount } of handles) {
        sql.run(
          'DELETE FROM messages WHERE sequence = ? AND queue = ? AND receive_count = ?',
          sequence,
          queueName,
          receiveCount,
        );
      }
    });
    // The next message of the group has become free.
    if (isFifoName(queueName)) this.#announce(queueName);
  }

  /** Hides a message in flight for so long from now; 0 gives it back at once. */
  async changeVisibility(queueName: string, receiptHandle: string, seconds: number): Promise<void> {
    const { sequence, receiveCount } = parseHandle(receiptHandle);
    const now = this.#clock.now();
    await this.#database.write((sql) => {
      getSettings(sql, queueName);
      const changed = sql.run(
        `UPDATE messages SET visible_at = ?
         WHERE sequence = ? AND queue = ? AND receive_count = ? AND visible_at > ?`,
        now + seconds * 1000,
        sequence,
        queueName,
        receiveCount,
        now,
      );
      if (changed === 0) {
        throw new AwsError('MessageNotInflight', 'The message is not in flight under this receipt handle.');
      }
    });
    this.#announce(queueName);
  }

  /**
   * When a receive may find something: now or earlier if one would, undefined if nothing is on the way. Throws
   * QueueDoesNotExist.
   */
  nextVisibleAt(queueName: string): number | undefined {
    const now = this.#clock.now();
    return this.#database.read((sql) => {
      getSettings(sql, queueName);
      const fifo = isFifoName(queueName);
      if (fifo && visible(sql, queueName, now, 1).length > 0) return now;
      // A visible message of a FIFO queue that cannot be received waits for one that is not.
      const least = fifo ? now + 1 : 0;
      const row = sql.get(
        'SELECT min(visible_at) AS next FROM messages WHERE queue = ? AND visible_at >= ?',
        queueName,
        least,
      );
      const next = row?.['next'];
      return typeof next === 'number' ? next : undefined;
    });
  }

  /** Calls the listener when something about the queue has changed that may let a receive find a message. */
  onMessage(queueName: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(queueName) ?? new Set();
    this.#listeners.set(queueName, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(queueName) === listeners) {
        this.#listeners.delete(queueName);
      }
    };
  }

  /**
   * Resolves when a receive may find something, at `until` (milliseconds since 1970), or on abort. It looks at the queue before
   * it waits and registers in the same breath, so that no send falls in between.
   */
  arrival(queueName: string, limits: { until?: number; signal?: AbortSignal } = {}): Promise<void> {
    const { until = Number.POSITIVE_INFINITY, signal } = limits;
    return new Promise((resolve) => {
      const now = this.#clock.now();
      const next = this.nextVisibleAt(queueName) ?? Number.POSITIVE_INFINITY;
      const wait = Math.min(next - now, until - now, longestWaitMs);
      if (wait <= 0 || signal?.aborted) return resolve();
      const wake = () => {
        stopListening();
        cancel();
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const stopListening = this.onMessage(queueName, wake);
      const cancel = this.#timer.after(wait, wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  #announce(queueName: string): void {
    for (const listener of [...(this.#listeners.get(queueName) ?? [])]) listener();
  }
}

function findSettings(sql: Sql, queueName: string): QueueSettings | undefined {
  const row = sql.get('SELECT settings FROM queues WHERE name = ?', queueName);
  return row === undefined ? undefined : (JSON.parse(String(row['settings'])) as QueueSettings);
}

function getSettings(sql: Sql, queueName: string): QueueSettings {
  const settings = findSettings(sql, queueName);
  if (settings === undefined) {
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  }
  return settings;
}

function putQueue(sql: Sql, queueName: string, settings: QueueSettings): void {
  if (!isQueueName(queueName)) {
    throw new AwsError(
      'InvalidParameterValue',
      'A queue name is 1 to 80 letters, digits, - and _, and .fifo after them for a FIFO queue.',
    );
  }
  const { deadLetters } = settings;
  if (deadLetters !== null) {
    getSettings(sql, deadLetters.queueName);
    if (isFifoName(deadLetters.queueName) !== isFifoName(queueName)) {
      throw new AwsError(
        'InvalidParameterValue',
        'Dead letters of a FIFO queue, and no others, go to a FIFO queue.',
      );
    }
  }
  sql.run(
    'INSERT INTO queues (name, settings) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET settings = ?2',
    queueName,
    JSON.stringify(settings),
  );
}

function put(
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

function visible(sql: Sql, queueName: string, now: number, limit: number): Row[] {
  return sql.all(isFifoName(queueName) ? visibleMessagesInOrder : visibleMessages, queueName, now, limit);
}

function take(
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
function parseHandle(handle: string): { sequence: number; receiveCount: number } {
  const [, sequence, receiveCount] = /^(\d{1,15})\.(\d{1,9})$/.exec(handle) ?? [];
  if (sequence === undefined) {
    throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
  return { sequence: Number(sequence), receiveCount: Number(receiveCount) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
