/** The secret that local credentials and links are sealed with: made at the first start, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/** The key of a data folder, which the caller holds. */
export function masterKey(directory: string): Buffer {
  const path = join(directory, 'master.key');
  if (!existsSync(path)) {
    // Renamed into place, so that a kill leaves no half key.
    writeFileSync(`${path}.new`, randomBytes(BYTES), { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  const key = readFileSync(path);
  if (key.length !== BYTES)
    throw new Error(`${path} has ${key.length} bytes and must have ${BYTES}; restore it from a backup`);
  return key;
}
