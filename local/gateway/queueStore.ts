/**
 * The local queues: what SQS does for the dispatcher, over the one SQLite file of a local farm. A message that
 * was accepted, received or deleted is so after a kill -9 too: each promise resolves after the commit.
 *
 * As in SQS, delivery is at least once: a message that is received is hidden for its visibility time-out and
 * comes back unless it is deleted. FIFO queues keep the order within a group and drop what repeats a
 * deduplication id within five minutes.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../shared/model/clock.ts';
import type { Database } from '../store/database.ts';
import { AwsError } from './awsError.ts';
import {
  type OutgoingMessage,
  parseHandle,
  put,
  type ReceivedMessage,
  type SentMessage,
  take,
  visible,
} from './queueMessages.ts';
import { isFifoName } from './queueNames.ts';
import { findSettings, getSettings, putQueue } from './queueRows.ts';
import { defaultSettings, type QueueSettings } from './queueSettings.ts';
import { queueSchema } from './queueTables.ts';
import { systemTimer, type Timer } from './timer.ts';

export interface QueueStoreOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly timer?: Timer;
}

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
   * Resolves when a receive may find something, at `until` (milliseconds since 1970), or on abort. It looks at
   * the queue before it waits and registers in the same breath, so that no send falls in between.
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
