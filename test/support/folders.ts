/** Folders for one test. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rollcall-node-'));

export function aFolder(test: TestContext): string {
  const folder = newFolder();
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  /** Takes away what filled it. */
  clear(): void;
}

/** A small file system of its own; undefined where this user may not mount one. */
export function aSmallDisk(test: TestContext, kilobytes = 256): SmallDisk | undefined {
  const folder = newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  test.after(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmdirSync(folder);
  });
  const fillers = join(folder, 'fillers');
  return {
    folder,
    fill() {
      mkdirSync(fillers);
      assert.throws(() => {
        for (let number = 0; ; number += 1) {
          writeFileSync(join(fillers, String(number)), Buffer.alloc(4_096));
        }
      }, /ENOSPC/);
    },
    clear() {
      rmSync(fillers, { recursive: true });
    },
  };
}
