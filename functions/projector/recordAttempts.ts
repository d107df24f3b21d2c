/** Every attempt that ended gets its record, lost ones too. */
import { timeAfter } from '../../shared/model/clock.ts';
import type { HistoryChunk } from '../../shared/model/history.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';

export async function recordAttempts(context: Context, records: readonly FeedRecord[]): Promise<void> {
  const now = timeAfter(context.clock);
  const attempts = records.flatMap(({ before, after }) =>
    before !== undefined && kindOf(before) === 'CHUNKS' ? endedAttempt(before, after, now) : [],
  );
  if (attempts.length === 0) return;
  const { historyDays } = await context.configuration.get();
  // One batch may hold an attempt once only.
  const distinct = new Map(attempts.map((attempt) => [JSON.stringify(identity(attempt)), attempt]));
  await context.history.putAttempts([...distinct.values()], historyDays);
}

const identity = ({ jobId, generation, chunkId, attempt }: HistoryChunk) => [
  jobId,
  generation,
  chunkId,
  attempt,
];

/** An attempt ended when its token left the chunk: by report, loss, kill, hand, a new attempt or a sweep. */
function endedAttempt(before: Item, after: Item | undefined, now: string): HistoryChunk[] {
  const was = chunkOf(before);
  const is = after === undefined ? undefined : chunkOf(after);
  if (was.token === null || is?.token === was.token) return [];
  return [
    {
      jobId: was.jobId,
      generation: was.generation,
      chunkId: was.index + 1,
      attempt: was.attempt,
      nodeId: was.nodeId,
      // A chunk that was swept while it ran belonged to a generation that was over.
      outcome: is?.outcome ?? 'overridden',
      startedAt: was.startedAt,
      endedAt: is?.endedAt ?? now,
      exitCode: is?.exitCode ?? null,
      message: is?.message ?? 'its job was reinitialised or deleted',
      cpuSeconds: is?.cpuSeconds ?? 0,
      peakMemoryMb: is?.peakMemoryMb ?? 0,
    },
  ];
}
