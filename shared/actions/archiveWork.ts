/**
 * Work of the archive goes in steps: each does a part and then moves the item that says how far it is, so that whoever
 * comes next, another call or the tick, goes on from there. Two at once do the same, and one of them moves it on.
 */
import { DispatcherError } from '../errors.ts';
import type { ArchiveWork, Checked, DiscardWork } from '../model/backupJob.ts';
import type { Context } from '../runtime/context.ts';
import { loadPart, type Part } from './archiveBody.ts';

/** What one call does before it answers; calls that come again and the tick do the rest. Most jobs take four steps. */
const STEPS_PER_CALL = 6;
/** How often a call looks again at what others have done meanwhile. */
export const TRIES = 5;

export const workId = {
  backup: (jobId: number): string => `backup#${jobId}`,
  restore: (jobId: number): string => `restore#${jobId}`,
};

export const discardOf = (folder: string, partCount: number): DiscardWork => ({
  kind: 'discard',
  id: `discard#${folder}`,
  version: 1,
  folder,
  partCount,
});

/** Takes the steps of one call; answers with what is left, undefined once the work has ended. */
export async function takeSteps<Work extends ArchiveWork>(
  context: Context,
  work: Work,
  takeStep: (context: Context, work: Work) => Promise<Work | undefined>,
): Promise<Work | undefined> {
  let left: Work | undefined = work;
  for (let step = 0; step < STEPS_PER_CALL && left !== undefined; step += 1) {
    left = await takeStep(context, left);
  }
  return left;
}

/** Moves work on; if somebody else did meanwhile, answers with where it is now, or undefined if it has ended. */
export async function moveOn<Work extends ArchiveWork & { readonly run: string }>(
  context: Context,
  work: Work,
  change: Partial<Work>,
): Promise<Work | undefined> {
  return (await context.backups.advance(work, change)) ?? (await present(context, work));
}

/** Where work is now; undefined if it has ended. */
export async function present<Work extends ArchiveWork & { readonly run: string }>(
  context: Context,
  { id, run }: Work,
): Promise<Work | undefined> {
  const now = await context.backups.findWork(id);
  return now !== undefined && now.kind !== 'discard' && now.run === run ? (now as Work) : undefined;
}

export const busy = (what: string, id: number, work: string): DispatcherError =>
  new DispatcherError('archive-busy', { what, id, work });

export const nothingChecked: Checked = { partCount: 0, digest: '', chunkCount: 0, attemptCount: 0 };

/** Reads the next part of a body; undefined where it is missing or cannot be read. */
export async function checkPart(
  context: Context,
  folder: string,
  checked: Checked,
): Promise<{ readonly part: Part; readonly checked: Checked } | undefined> {
  const loaded = await loadPart(context, folder, checked.partCount, checked.digest);
  if (loaded === undefined) return undefined;
  const { part, digest } = loaded;
  return {
    part,
    checked: {
      partCount: checked.partCount + 1,
      digest,
      chunkCount: checked.chunkCount + part.chunks.length,
      attemptCount: checked.attemptCount + part.attempts.length,
    },
  };
}
