/**
 * Removes blobs that have been kept for long enough, as the rules of the bucket do in AWS: once a day, so that some stay a day
 * longer.
 */
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobDays } from '../shared/blobs/blobDays.ts';
import type { Clock } from '../shared/model/clock.ts';
import { ignoring } from './fileBlobs.ts';

const DAY_MS = 86_400_000;
/** There may be a million files, and the tick has more to do. */
const FILES_AT_ONCE = 1_000;

/** What the tick calls: a step of a pass through the folders, and nothing once that is done for the day. */
export function blobRetention(directory: string, clock: Clock): () => Promise<void> {
  let pass: AsyncGenerator<void> | undefined;
  let nextPassAt = 0;
  return async () => {
    if (pass === undefined) {
      if (clock.now() < nextPassAt) return;
      nextPassAt = clock.now() + DAY_MS;
      pass = removeOld(directory, clock.now());
    }
    for (let files = 0; files < FILES_AT_ONCE; files += 1) {
      if (!(await pass.next()).done) continue;
      pass = undefined;
      return;
    }
  };
}

async function* removeOld(directory: string, now: number): AsyncGenerator<void> {
  for (const [folder, days] of Object.entries(blobDays()))
    yield* removeBelow(join(directory, folder), now - days * DAY_MS);
}

/** Ends a step after each file. */
async function* removeBelow(folder: string, latestMs: number): AsyncGenerator<void> {
  const entries = (await ignoring('ENOENT', () => readdir(folder, { withFileTypes: true }))) ?? [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* removeBelow(path, latestMs);
      await ignoring(['ENOTEMPTY', 'ENOENT'], () => rmdir(path));
      continue;
    }
    const file = await ignoring('ENOENT', () => stat(path));
    if (file !== undefined && file.mtimeMs <= latestMs) await rm(path, { force: true });
    yield;
  }
}
