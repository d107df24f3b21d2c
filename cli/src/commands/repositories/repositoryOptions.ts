/** Options that set fields of a repository, the same for add and configure. */
import type { Command } from 'commander';
import type { Repository } from '../../../../client/src/generated.ts';

type Paths = Repository['paths'];

export interface RepositoryOptions {
  readonly description?: string;
  readonly linux?: string;
  readonly macos?: string;
  readonly windows?: string;
}

export const addRepositoryOptions = (command: Command): Command =>
  command
    .option('--description <text>', 'what it holds')
    .option('--linux <path>', "where it is on Linux, such as /mnt/show; '' where it is not")
    .option('--macos <path>', "where it is on macOS, such as /Volumes/show; '' where it is not")
    .option(
      '--windows <path>',
      "where it is on Windows, such as P:\\show or \\\\server\\show; '' where it is not",
    );

/** The paths that were given; undefined if none was. */
export function givenPaths({ linux, macos, windows }: RepositoryOptions): Partial<Paths> | undefined {
  const given = Object.entries({ linux, darwin: macos, win32: windows }).filter(
    ([, path]) => path !== undefined,
  );
  return given.length === 0
    ? undefined
    : Object.fromEntries(given.map(([platform, path]) => [platform, path === '' ? null : path]));
}
