import type { Command } from 'commander';
import { addBackupBounds } from './backup/bounds.ts';
import { addCreateBackup } from './backup/create.ts';
import { addListBackups } from './backup/list.ts';
import { addRestoreBackup } from './backup/restore.ts';

export function addBackup(program: Command): void {
  const backup = program
    .command('backup')
    .summary('back up jobs and restore them')
    .description(
      'Puts whole jobs, with their chunks and history, into the archive, shows what is in it, and restores them.',
    );
  for (const add of [addListBackups, addCreateBackup, addRestoreBackup, addBackupBounds]) add(backup);
}
