/** Removes the body of an entry that was overwritten, or of a backup that was given up. */
import { archivePartName } from '../blobs/blobStore.ts';
import type { DiscardWork } from '../model/backupJob.ts';
import type { Context } from '../runtime/context.ts';
import { mapAtMost } from './mapAtMost.ts';

const PARTS_PER_STEP = 100;
const AT_ONCE = 10;

/** One step, from the last part down; undefined when nothing is left. */
export async function discardStep(context: Context, work: DiscardWork): Promise<DiscardWork | undefined> {
  const left = Math.max(0, work.partCount - PARTS_PER_STEP);
  const parts = Array.from({ length: work.partCount - left }, (_, index) => left + index);
  await mapAtMost(AT_ONCE, parts, (part) => context.blobs.remove(archivePartName(work.folder, part)));
  if (left > 0) return context.backups.advance(work, { partCount: left });
  await context.backups.end(work);
  return undefined;
}
