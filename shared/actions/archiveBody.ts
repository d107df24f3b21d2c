/**
 * Bodies in the archive: gzipped NDJSON in parts, so that a job of any length passes through in bounded memory. The first
 * line is the job; then come the chunks that were touched, then the attempts of all generations.
 */
import { createHash } from 'node:crypto';
import { archivePartName } from '../blobs/blobStore.ts';
import { pack, unpack } from '../blobs/packing.ts';
import { shardCount } from '../domain/chunking.ts';
import type { BackupCursor } from '../model/backupJob.ts';
import type { ChunkItem } from '../model/chunk.ts';
import type { HistoryChunk } from '../model/history.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

/** Lines of a part, some hundred KB before they are compressed. Five times as many took 196 MB for a backup instead of 55. */
const LINES = 1_000;
/** Messages of chunks may be long. */
const BYTES = 8_000_000;
const ITEMS_PER_READ = 1_000;

export interface ArchivedJob {
  readonly spec: JobSpec;
  readonly state: JobState;
}

export interface Part {
  readonly job?: ArchivedJob | undefined;
  readonly chunks: readonly ChunkItem[];
  readonly attempts: readonly HistoryChunk[];
}

/** Reads a job from a place on until a part is full or the job is at its end. */
export async function readPart(
  context: Context,
  { spec, state }: ArchivedJob,
  from: BackupCursor,
  isFirst: boolean,
): Promise<{ readonly part: Part; readonly cursor: BackupCursor }> {
  const chunks: ChunkItem[] = [];
  const attempts: HistoryChunk[] = [];
  let cursor = from;
  let size = 0;
  const lines = context.archiveLines ?? LINES;
  const room = (): number =>
    size >= BYTES ? 0 : Math.min(ITEMS_PER_READ, lines - chunks.length - attempts.length);
  while (cursor.at !== 'end' && room() > 0) {
    if (cursor.at === 'chunks') {
      const page = await context.chunks.page(
        { jobId: spec.id, generation: state.generation, total: state.total },
        cursor.shard,
        cursor.from,
        room(),
      );
      chunks.push(...page.chunks.map(settled));
      size += sizeOf(page.chunks);
      cursor = afterChunks(cursor, page.next, state.total);
    } else {
      const page = await context.history.attempts(spec.id, cursor.generation, {
        index: undefined,
        limit: room(),
        after: cursor.after ?? undefined,
      });
      attempts.push(...page.attempts);
      size += sizeOf(page.attempts);
      if (page.next !== undefined) cursor = { ...cursor, after: page.next };
      else if (cursor.generation === state.generation) cursor = { at: 'end' };
      else cursor = { at: 'attempts', generation: cursor.generation + 1, after: null };
    }
  }
  return { part: { ...(isFirst ? { job: { spec, state } } : {}), chunks, attempts }, cursor };
}

/** Nobody renders a job that is backed up; a chunk that says so was lost by its node and has not been repaired yet. */
const settled = (chunk: ChunkItem): ChunkItem =>
  chunk.status === 'running' ? { ...chunk, status: 'queued', token: null } : chunk;

function afterChunks(
  { shard }: BackupCursor & { readonly at: 'chunks' },
  next: number | undefined,
  total: number,
): BackupCursor {
  if (next !== undefined) return { at: 'chunks', shard, from: next };
  return shard + 1 < shardCount(total)
    ? { at: 'chunks', shard: shard + 1, from: 0 }
    : { at: 'attempts', generation: 1, after: null };
}

const sizeOf = (items: readonly unknown[]): number => JSON.stringify(items).length;

/** Writes a part, unless it was written before; answers with its compressed size and the digest of the body up to it. */
export async function writePart(
  context: Context,
  folder: string,
  number: number,
  part: Part,
  digestBefore: string,
): Promise<{ readonly bytes: number; readonly digest: string }> {
  const lines = [
    ...(part.job === undefined ? [] : [{ job: part.job }]),
    ...part.chunks.map((chunk) => ({ chunk })),
    ...part.attempts.map((attempt) => ({ attempt })),
  ];
  const text = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const packed = await pack(text);
  await context.blobs.writeOnce(archivePartName(folder, number), packed);
  return { bytes: packed.length, digest: digestAfter(digestBefore, text) };
}

/** Reads a part and the digest of the body up to it; undefined where the part is missing or cannot be read. */
export async function loadPart(
  context: Context,
  folder: string,
  number: number,
  digestBefore: string,
): Promise<{ readonly part: Part; readonly digest: string } | undefined> {
  const packed = await context.blobs.read(archivePartName(folder, number));
  if (packed === undefined) return undefined;
  let text: Buffer;
  try {
    text = await unpack(packed);
  } catch {
    // Whoever asked says which backup is damaged.
    return undefined;
  }
  const lines = text
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { job?: ArchivedJob; chunk?: ChunkItem; attempt?: HistoryChunk });
  return {
    part: {
      job: lines[0]?.job,
      chunks: lines.flatMap(({ chunk }) => (chunk === undefined ? [] : [chunk])),
      attempts: lines.flatMap(({ attempt }) => (attempt === undefined ? [] : [attempt])),
    },
    digest: digestAfter(digestBefore, text),
  };
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('base64url');
};

const digestAfter = (before: string, text: Uint8Array): string => sha256(before, sha256(text));
