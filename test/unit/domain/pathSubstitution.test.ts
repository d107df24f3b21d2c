import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { substitutePaths } from '../../../shared/domain/pathSubstitution.ts';
import type { Platform } from '../../../shared/model/node.ts';
import type { Repository } from '../../../shared/model/repository.ts';

const repository = (name: string, paths: Repository['paths']): Repository => ({
  name,
  description: '',
  paths,
  version: 1,
});
const shows = repository('shows', {
  linux: '/mnt/show',
  darwin: '/Volumes/show',
  win32: '\\\\filer\\show',
});
const cache = repository('cache', { linux: '/mnt/show/cache', darwin: null, win32: 'C:' });
const all = [shows, cache];

const cases: readonly (readonly [what: string, text: string, platform: Platform, expected: string])[] = [
  ['a path of Windows on Linux', '\\\\filer\\show\\rome\\a.ma', 'linux', '/mnt/show/rome/a.ma'],
  ['one in other letters and slashes', '//FILER/Show/rome/a.ma', 'linux', '/mnt/show/rome/a.ma'],
  ['a path of Linux on Windows', '/mnt/show/rome/a.ma', 'win32', '\\\\filer\\show\\rome\\a.ma'],
  ['a path of Linux on macOS', '/mnt/show/rome', 'darwin', '/Volumes/show/rome'],
  ['the repository itself', '/mnt/show', 'darwin', '/Volumes/show'],
  ['the longest of paths that begin alike', '/mnt/show/cache/x.vdb', 'win32', 'C:\\x.vdb'],
  ['a path that the platform has none for', 'C:\\x.vdb', 'darwin', 'C:\\x.vdb'],
  ['a drive', 'c:/tmp/x.vdb', 'linux', '/mnt/show/cache/tmp/x.vdb'],
  [
    'several in a command line, in quotes, after = and in lists',
    'render -rd /mnt/show/out --scene="/mnt/show/a b.ma" x=/mnt/show/c,/mnt/show/d',
    'darwin',
    'render -rd /Volumes/show/out --scene="/Volumes/show/a b.ma" x=/Volumes/show/c,/Volumes/show/d',
  ],
  ['another folder that begins alike', '/mnt/shows/a.ma', 'darwin', '/mnt/shows/a.ma'],
  ['a path inside another', '/backup/mnt/show/a.ma', 'darwin', '/backup/mnt/show/a.ma'],
  ['letters in another case on Linux', '/mnt/Show/a.ma', 'darwin', '/mnt/Show/a.ma'],
  ['its own path', '/mnt/show/a.ma', 'linux', '/mnt/show/a.ma'],
  ['a name with a backslash on Linux', '/mnt/show/a\\b', 'darwin', '/Volumes/show/a\\b'],
];

describe('substitutePaths turns', () => {
  for (const [what, text, platform, expected] of cases) {
    it(`${what} into ${expected}`, () => assert.equal(substitutePaths(text, all, platform), expected));
  }

  it('nothing where there are no repositories', () =>
    assert.equal(substitutePaths('/mnt/show/a', [], 'win32'), '/mnt/show/a'));

  it('a path with signs that mean something in patterns', () => {
    const odd = repository('odd', { linux: '/mnt/a.b(1)+', darwin: '/Volumes/a', win32: null });

    assert.equal(substitutePaths('/mnt/a.b(1)+/x', [odd], 'darwin'), '/Volumes/a/x');
    assert.equal(substitutePaths('/mnt/aXb(1)+/x', [odd], 'darwin'), '/mnt/aXb(1)+/x');
  });

  it('a text of a megabyte in no time that grows with its square', () => {
    const text = '/mnt/sho '.repeat(100_000);

    assert.equal(substitutePaths(text, all, 'darwin'), text);
  });
});
