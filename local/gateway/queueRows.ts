/** The queues themselves, as rows: their names and settings. */
import type { Sql } from '../store/database.ts';
import { AwsError } from './awsError.ts';
import { isFifoName, isQueueName } from './queueNames.ts';
import { defaultSettings, type QueueSettings } from './queueSettings.ts';

export function findSettings(sql: Sql, queueName: string): QueueSettings | undefined {
  const row = sql.get('SELECT settings FROM queues WHERE name = ?', queueName);
  if (row === undefined) return undefined;
  // Over the defaults: the row may have been written before a setting existed.
  return { ...defaultSettings, ...(JSON.parse(String(row['settings'])) as Partial<QueueSettings>) };
}

/** Throws QueueDoesNotExist. */
export function getSettings(sql: Sql, queueName: string): QueueSettings {
  const settings = findSettings(sql, queueName);
  if (settings === undefined) {
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  }
  return settings;
}

/** Creates a queue or gives it these settings; refuses a name and dead letters that SQS would refuse. */
export function putQueue(sql: Sql, queueName: string, settings: QueueSettings): void {
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
