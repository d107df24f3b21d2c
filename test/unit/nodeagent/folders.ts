/** Folders for one test. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rollcall-node-'));

export function aFolder(test: TestContext): string {
  const folder = newFolder();
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file system of 256 KB of its own; undefined where this user may not mount one. */
export function aSmallDisk(test: TestContext): { readonly folder: string; fill(): void } | undefined {
  const folder = newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  test.after(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmdirSync(folder);
  });
  return {
    folder,
    fill() {
      assert.throws(() => {
        for (let number = 0; number < 1_000; number += 1) {
          writeFileSync(join(folder, `filler-${number}`), Buffer.alloc(4_096));
        }
      }, /ENOSPC/);
    },
  };
}
