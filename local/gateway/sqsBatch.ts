/** Batches of SQS: each entry succeeds or fails alone, and all of them share one commit. */
import { AwsError } from './awsError.ts';
import { mostBodyBytes } from './sqsMessage.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody?: unknown;
}

const mostEntries = 10;

export function assertBatchFits(entries: readonly Entry[]): void {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > mostEntries) {
    throw new AwsError('TooManyEntriesInBatchRequest', `A batch has at most ${mostEntries} entries.`);
  }
  if (new Set(entries.map(({ Id: id }) => id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more entries of the batch have the same Id.');
  }
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(String(entry.MessageBody ?? '')), 0);
  if (bytes > mostBodyBytes) {
    throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${mostBodyBytes} bytes.`);
  }
}

/** All entries start in the same turn, in their order, hence are committed together and in it. */
export async function answerBatch<E extends Entry>(
  entries: readonly E[],
  run: (entry: E) => Promise<object>,
): Promise<object> {
  const successful: object[] = [];
  const failed: object[] = [];
  const outcomes = await Promise.allSettled(entries.map(run));
  for (const [index, outcome] of outcomes.entries()) {
    const id = entries[index]?.Id;
    if (outcome.status === 'fulfilled') successful.push({ Id: id, ...outcome.value });
    else if (outcome.reason instanceof AwsError) {
      const { definition, message } = outcome.reason;
      failed.push({
        Id: id,
        SenderFault: definition.status < 500,
        Code: definition.queryCode,
        Message: message,
      });
    } else throw outcome.reason;
  }
  return { Successful: successful, ...(failed.length > 0 ? { Failed: failed } : {}) };
}
