/**
 * Chunks that were touched. An untouched chunk has no item: it is computed (`domain/chunking.ts`). Invariants
 * 1 and 2 rest on the guards here: a chunk is handed out by absence or by `status = queued`, and leaves
 * running only by its token.
 */
import type { AttemptOutcome, ChunkItem } from '../model/chunk.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { equals, type Item, isNew, type Table, type TransactWrite } from './table.ts';

/** A transaction has a hundred writes; one of them is the fence. */
const PER_TRANSACTION = 99;

/** Names a chunk; `total` because the partitions follow from the job's length. */
export interface ChunkName {
  readonly jobId: number;
  readonly generation: number;
  readonly index: number;
  readonly total: number;
}

export type ChunkWrite =
  | { readonly applied: true; readonly chunk: ChunkItem }
  | { readonly applied: false; readonly present: ChunkItem | undefined };

/** How a chunk leaves running. */
export interface ChunkEnd {
  readonly token: string;
  readonly status: 'queued' | 'completed' | 'warning' | 'failed';
  readonly outcome: AttemptOutcome;
  readonly endedAt: string;
  readonly exitCode: number | null;
  readonly message: string;
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
  /** Whether the attempt counts against the requeue limit. */
  readonly isPenalty: boolean;
  /** Only this node may end it: for reports, whose caller is known. */
  readonly byNodeId?: number;
}

/** Who runs an attempt from now on. */
export interface ChunkStart {
  readonly nodeId: number;
  readonly token: string;
  readonly startedAt: string;
}

export function chunkStore(table: Table) {
  const keyOf = ({ jobId, generation, index, total }: ChunkName) =>
    keys.chunk(jobId, generation, index, total);

  return {
    /** Pattern C1. */
    async find(name: ChunkName, options: { readonly consistent: boolean }): Promise<ChunkItem | undefined> {
      const item = await table.get('queue', keyOf(name), options);
      return item === undefined ? undefined : chunkOf(item);
    },

    /** Items of the chunks at some indexes; strong. Pattern C2. */
    async findMany(names: readonly ChunkName[]): Promise<ChunkItem[]> {
      return (await table.batchGet('queue', names.map(keyOf), { consistent: true })).map(chunkOf);
    },

    /** Items with an index from `from` to `to`, both inclusive, in order; eventual. Pattern C3. */
    async range(
      jobId: number,
      generation: number,
      total: number,
      from: number,
      to: number,
    ): Promise<ChunkItem[]> {
      const parts = await Promise.all(
        keys.chunkPartitions(jobId, generation, total).map(async (partition) => {
          const items: Item[] = [];
          const query = { table: 'queue', partition, from: keys.sortOf(from), to: keys.sortOf(to) } as const;
          for await (const item of everyItem(table, query)) items.push(item);
          return items;
        }),
      );
      return parts
        .flat()
        .map(chunkOf)
        .sort((a, b) => a.index - b.index);
    },

    /** Every item of a generation, shard by shard in parallel, strong; told page by page. Pattern C4. */
    async readAll(
      jobId: number,
      generation: number,
      total: number,
      onChunk: (chunk: ChunkItem) => void,
    ): Promise<void> {
      await Promise.all(
        keys.chunkPartitions(jobId, generation, total).map(async (partition) => {
          for await (const item of everyItem(table, { table: 'queue', partition, consistent: true })) {
            onChunk(chunkOf(item));
          }
        }),
      );
    },

    /** Items of one partition in order from an index on, at most `limit`; strong. Pattern C9. */
    async page(
      { jobId, generation, total }: Omit<ChunkName, 'index'>,
      shard: number,
      from: number,
      limit: number,
    ): Promise<{ readonly chunks: readonly ChunkItem[]; readonly next: number | undefined }> {
      const partition = keys.chunkPartitions(jobId, generation, total)[shard];
      if (partition === undefined) throw new RangeError(`a job of ${total} chunks has no shard ${shard}`);
      const page = await table.query({
        table: 'queue',
        partition,
        from: keys.sortOf(from),
        limit,
        consistent: true,
      });
      const next = page.next === undefined ? undefined : keys.idIn(page.next.sk) + 1;
      return { chunks: page.items.map(chunkOf), next };
    },

    /**
     * Puts chunks of a job back that does not exist yet, as long as the fence stands; false if it fell. Without it somebody
     * who was held up could write over what has happened since. Repeating it changes nothing.
     */
    async putBack(total: number, chunks: readonly ChunkItem[], fence: TransactWrite): Promise<boolean> {
      for (let from = 0; from < chunks.length; from += PER_TRANSACTION) {
        const puts = chunks.slice(from, from + PER_TRANSACTION).map((chunk) => ({
          kind: 'put' as const,
          table: 'queue' as const,
          item: itemOf({ ...chunk, total }, chunk),
        }));
        if (!(await table.transact([fence, ...puts])).applied) return false;
      }
      return true;
    },

    /** The first index from `from` on that has no item, by reading the shards forward once; strong. Pattern C5. */
    async firstAbsent(jobId: number, generation: number, total: number, from: number): Promise<number> {
      const pages = await Promise.all(
        keys
          .chunkPartitions(jobId, generation, total)
          .map((partition) =>
            table.query({ table: 'queue', partition, from: keys.sortOf(from), consistent: true }),
          ),
      );
      // Beyond the end of a shard's page nothing is known of that shard.
      const horizon = Math.min(
        total,
        ...pages.flatMap((page) => {
          const last = page.items.at(-1);
          return page.next !== undefined && last !== undefined ? [keys.idIn(last.sk)] : [];
        }),
      );
      const present = new Set(pages.flatMap((page) => page.items.map((item) => keys.idIn(item.sk))));
      let index = from;
      while (index < horizon && present.has(index)) index += 1;
      return index;
    },

    /** Indexes of chunks that wait although they were handed out before; the index may lag. Pattern C6. */
    async requeued(jobId: number, generation: number, limit: number): Promise<number[]> {
      const page = await table.query({
        table: 'queue',
        index: 'requeued',
        partition: keys.requeuedPartition(jobId, generation),
        limit,
      });
      return page.items.map((item) => keys.idIn(item.sk));
    },

    /** Hands out a chunk for the first time: guarded by absence. */
    async startNew(name: ChunkName, start: ChunkStart): Promise<ChunkWrite> {
      const chunk: ChunkItem = { ...untouched(name), ...start, status: 'running', attempt: 1, version: 1 };
      const result = await table.put('queue', itemOf(name, chunk), isNew);
      // A write whose answer was lost is sent again and meets itself.
      const isOurs = !result.applied && result.present?.['token'] === start.token;
      return isOurs ? { applied: true, chunk } : putResult(chunk, result);
    },

    /** Hands out a queued chunk again: guarded by its status. */
    async startQueued(name: ChunkName, start: ChunkStart): Promise<ChunkWrite> {
      return updateResult(
        await table.update(
          'queue',
          keyOf(name),
          {
            set: {
              status: 'running',
              nodeId: start.nodeId,
              token: start.token,
              startedAt: start.startedAt,
            },
            add: { attempt: 1, version: 1 },
            remove: ['requeuedPk'],
          },
          [equals('status', 'queued')],
        ),
      );
    },

    /** Ends the attempt with this token: guarded by it, so only its holder can. */
    async end(name: ChunkName, end: ChunkEnd): Promise<ChunkWrite> {
      const { token, isPenalty, byNodeId, ...fields } = end;
      return updateResult(
        await table.update(
          'queue',
          keyOf(name),
          {
            set: {
              ...fields,
              endedToken: token,
              token: null,
              ...(end.status === 'queued'
                ? { requeuedPk: keys.requeuedPartition(name.jobId, name.generation) }
                : {}),
            },
            add: { version: 1, ...(isPenalty ? { requeueCount: 1 } : {}) },
          },
          [
            equals('token', token),
            equals('status', 'running'),
            ...(byNodeId === undefined ? [] : [equals('nodeId', byNodeId)]),
          ],
        ),
      );
    },

    /** Replaces a running attempt by a new one of the same node: guarded by the token that is replaced. */
    async redo(name: ChunkName, token: string, start: ChunkStart, message: string): Promise<ChunkWrite> {
      return updateResult(
        await table.update(
          'queue',
          keyOf(name),
          {
            set: {
              token: start.token,
              startedAt: start.startedAt,
              endedToken: token,
              endedAt: start.startedAt,
              outcome: 'overridden',
              exitCode: null,
              message,
            },
            add: { attempt: 1, version: 1 },
          },
          [equals('token', token), equals('status', 'running')],
        ),
      );
    },

    /** Puts a chunk that nobody touched into the queue: guarded by absence. For releases, holes and hands. */
    async createQueued(name: ChunkName, message: string): Promise<boolean> {
      const chunk: ChunkItem = { ...untouched(name), status: 'queued', message };
      return (await table.put('queue', itemOf(name, chunk), isNew)).applied;
    },

    /** Sets the status by hand, guarded by the version that was seen, or by absence. */
    async set(name: ChunkName, seen: ChunkItem | undefined, change: Partial<ChunkItem>): Promise<ChunkWrite> {
      const chunk: ChunkItem = { ...(seen ?? untouched(name)), ...change, version: (seen?.version ?? 0) + 1 };
      const guard = seen === undefined ? isNew : [equals('version', seen.version)];
      return putResult(chunk, await table.put('queue', itemOf(name, chunk), guard));
    },

    /** Removes items of a generation, whatever its length was, at most `limit`; true when none is left. Pattern C7. */
    async sweep(jobId: number, generation: number, limit: number): Promise<boolean> {
      let left = limit;
      for (const partition of keys.allChunkPartitions(jobId, generation)) {
        for (;;) {
          if (left <= 0) return false;
          const page = await table.query({ table: 'queue', partition, limit: Math.min(left, 500) });
          if (page.items.length === 0) break;
          await table.batchWrite('queue', { deletes: page.items.map(({ pk, sk }) => ({ pk, sk })) });
          left -= page.items.length;
        }
      }
      return true;
    },
  };
}

export type ChunkStore = ReturnType<typeof chunkStore>;

/** A chunk that nobody has touched. */
export const untouched = ({ jobId, generation, index }: Omit<ChunkName, 'total'>): ChunkItem => ({
  jobId,
  generation,
  index,
  status: 'queued',
  nodeId: null,
  attempt: 0,
  requeueCount: 0,
  token: null,
  endedToken: null,
  outcome: null,
  startedAt: null,
  endedAt: null,
  exitCode: null,
  message: '',
  cpuSeconds: 0,
  peakMemoryMb: 0,
  version: 0,
});

function itemOf(name: ChunkName, chunk: ChunkItem): Item {
  return {
    ...keys.chunk(name.jobId, name.generation, name.index, name.total),
    ...chunk,
    ...(chunk.status === 'queued' ? { requeuedPk: keys.requeuedPartition(name.jobId, name.generation) } : {}),
  };
}

/** A chunk out of its item; the projector reads images of the feed with it. */
export function chunkOf(item: Item): ChunkItem {
  const { pk: _pk, sk: _sk, requeuedPk: _requeued, ...chunk } = item;
  return chunk as unknown as ChunkItem;
}

function putResult(chunk: ChunkItem, result: Awaited<ReturnType<Table['put']>>): ChunkWrite {
  if (result.applied) return { applied: true, chunk };
  return { applied: false, present: result.present === undefined ? undefined : chunkOf(result.present) };
}

function updateResult(result: Awaited<ReturnType<Table['update']>>): ChunkWrite {
  if (result.applied) return { applied: true, chunk: chunkOf(result.item as Item) };
  return { applied: false, present: result.present === undefined ? undefined : chunkOf(result.present) };
}
