/** The data model names every read of the stores, and the stores name nothing that it does not know. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const stores = globSync('shared/store/*Store.ts', { cwd: root });
const READ = /\btable\.(get|query|batchGet)\(|\b(everyItem|mergedPage)\(table\b/;
/** Where a function of a store, or beside it, begins. */
const FUNCTION = /^(?: {4}(?:async )?\*?\w+\(|(?:async )?function \w)/;

/** Ids in the comment above the function that a line is in. */
function idsAbove(lines: readonly string[], line: number): string[] {
  const start = lines.findLastIndex((text, index) => index <= line && FUNCTION.test(text));
  const before = lines.slice(0, start).join('\n');
  const comment = before.trimEnd().endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '';
  return [...comment.matchAll(/Pattern ([A-Z]\d+)\./g)].map(([, id]) => id ?? '');
}

const used = new Map<string, string[]>();
const unnamed: string[] = [];
for (const file of stores) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  lines.forEach((text, line) => {
    if (!READ.test(text)) return;
    const ids = idsAbove(lines, line);
    if (ids.length === 0) unnamed.push(`${file}:${line + 1}`);
    for (const id of ids) used.set(id, [...(used.get(id) ?? []), `${file}:${line + 1}`]);
  });
}
const documented = [
  ...readFileSync(join(root, 'docs', 'data-model.md'), 'utf8').matchAll(/^\| ([A-Z]\d+) /gm),
].map(([, id]) => id ?? '');

describe('access patterns', () => {
  it('are named by every function of a store that reads', () => {
    assert.deepEqual(unnamed, []);
    assert.ok(used.size > 30);
  });

  it('are the same in the stores and in the data model', () => {
    assert.deepEqual([...used.keys()].sort(), [...documented].sort());
  });
});
