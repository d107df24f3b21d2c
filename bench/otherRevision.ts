/** A source tree of another revision, to be measured beside this one. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const thisTree = join(import.meta.dirname, '..');
/** Folders that may have modules of their own beside the common ones. */
const MODULE_FOLDERS = ['', 'shared', 'functions', 'templates', 'local'];

/**
 * Takes the tree out of the repository into a temporary folder, which is removed with the process. It uses the
 * modules that are installed here, so both run on the same versions.
 */
export function checkOut(revision: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'rollcall-revision-'));
  process.once('exit', () => rmSync(tree, { recursive: true, force: true }));
  const archive = join(tree, 'archive.tar');
  run('git', ['archive', '--format=tar', `--output=${archive}`, revision]);
  run('tar', ['-xf', archive, '-C', tree]);
  for (const folder of MODULE_FOLDERS) {
    const modules = join(thisTree, folder, 'node_modules');
    if (existsSync(modules) && existsSync(join(tree, folder))) {
      symlinkSync(modules, join(tree, folder, 'node_modules'), 'dir');
    }
  }
  return tree;
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd: thisTree, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${stderr.trim()}`);
}
