/**
 * What an import brings, put aside in parts: whoever carries the import on, another call or the tick, reads it from there and
 * not from the text. Each line is some chunks of a job; the job is written with the last of them.
 */
import { importIdsName, importPartName, importUploadName } from '../blobs/blobStore.ts';
import { pack, unpack } from '../blobs/packing.ts';
import type { ImportedChunk, ImportedJob, ImportPlace, QueueImport } from '../model/queueImport.ts';
import type { Context } from '../runtime/context.ts';

/** Of one line: they are written in a second or two. */
const CHUNKS = 1_000;
/** A part is read for each step that others have not read it for. */
const LINES = 500;
const BYTES = 4_000_000;

export interface StagedLine extends Omit<ImportedJob, 'chunks'> {
  readonly chunks: readonly ImportedChunk[];
  /** Where its job begins. */
  readonly first: ImportPlace;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export type Staged = Pick<QueueImport, 'jobCount' | 'chunkCount' | 'highestId' | 'partCount'>;

/** Puts jobs aside for a run. */
export async function stageImport(
  context: Context,
  run: string,
  jobs: readonly ImportedJob[],
): Promise<Staged> {
  let [part, chunkCount, highestId, bytes] = [0, 0, 0, 0];
  let lines: string[] = [];
  const write = async (): Promise<void> => {
    await context.blobs.writeOnce(importPartName(run, part), await pack(lines.join('')));
    part += 1;
    [lines, bytes] = [[], 0];
  };
  for (const { spec, state, chunks } of jobs) {
    highestId = Math.max(highestId, spec.id);
    chunkCount += chunks.length;
    const first = { part, line: lines.length };
    for (let from = 0; from === 0 || from < chunks.length; from += CHUNKS) {
      const some = chunks.slice(from, from + CHUNKS);
      const isLast = from + CHUNKS >= chunks.length;
      const line: StagedLine = { spec, state, chunks: some, first, isFirst: from === 0, isLast };
      lines.push(`${JSON.stringify(line)}\n`);
      bytes += lines.at(-1)?.length ?? 0;
      if (lines.length >= LINES || bytes >= BYTES) await write();
    }
  }
  if (lines.length > 0) await write();
  const ids = JSON.stringify(jobs.map(({ spec }) => spec.id));
  await context.blobs.writeOnce(importIdsName(run), await pack(ids));
  return { jobCount: jobs.length, chunkCount, highestId, partCount: part };
}

/** One part of what was put aside; undefined if somebody else has ended the import meanwhile. */
export async function readStagedPart(
  context: Context,
  work: QueueImport,
  part: number,
): Promise<StagedLine[] | undefined> {
  const lines = await readPacked(context, work, importPartName(work.run, part));
  return lines
    ?.split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StagedLine);
}

/** Ids of all jobs that an import brings; undefined if somebody else has ended it meanwhile. */
export async function readStagedIds(
  context: Context,
  work: QueueImport,
): Promise<ReadonlySet<number> | undefined> {
  const ids = await readPacked(context, work, importIdsName(work.run));
  return ids === undefined ? undefined : new Set(JSON.parse(ids) as number[]);
}

async function readPacked(context: Context, work: QueueImport, name: string): Promise<string | undefined> {
  const packed = await context.blobs.read(name);
  if (packed !== undefined) return (await unpack(packed)).toString('utf8');
  const now = await context.queueImports.find(work.run);
  if (now?.version !== work.version) return undefined;
  throw new Error(`${name} was put aside and is not there`);
}

/** Removes what a run has put aside, and the text that it came from. */
export async function removeStaged(
  context: Context,
  { run, partCount, uploadId }: QueueImport,
): Promise<void> {
  for (let part = 0; part < partCount; part += 1) await context.blobs.remove(importPartName(run, part));
  await context.blobs.remove(importIdsName(run));
  if (uploadId !== null) await context.blobs.remove(importUploadName(uploadId));
}
