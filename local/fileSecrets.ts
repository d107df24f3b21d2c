/** Secrets on one machine: a file for each, readable by its owner only. */
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretStore } from '../shared/secrets/secretStore.ts';

export function fileSecrets(directory: string): SecretStore {
  // Names are tokens of ours: letters, digits, - and _.
  const fileOf = (name: string): string => join(directory, name);
  return {
    async add(name, secret) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await chmod(directory, 0o700);
      // Renamed into place, so that a kill leaves no half secret.
      await writeFile(`${fileOf(name)}.new`, secret, { mode: 0o600, flush: true });
      await rename(`${fileOf(name)}.new`, fileOf(name));
    },

    async find(name) {
      try {
        return await readFile(fileOf(name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },

    remove: (name) => rm(fileOf(name), { force: true }),
  };
}
