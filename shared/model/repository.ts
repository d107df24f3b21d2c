/** A repository: one place that machines of different platforms reach by different paths. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { nameSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';

/** An absolute path without a separator at its end: at least one step below the root, or a whole drive. */
const path = (example: string, pattern: RegExp) =>
  z.nullable(
    z
      .string()
      .check(
        z.maxLength(1_024),
        z.regex(pattern, `must be an absolute path such as ${example}, without an end that separates`),
      ),
  );
const unixPath = onDemand(() => path('/mnt/show', /^(\/[^/\p{Cc}]+)+$/u));

export const repositoryPathsSchema = onDemand(() =>
  z
    .strictObject({
      linux: unixPath(),
      darwin: unixPath(),
      win32: path(
        'P:\\show or \\\\server\\show',
        /^([A-Za-z]:|\\\\[^\\/\p{Cc}]+\\[^\\/\p{Cc}]+)(\\[^\\/\p{Cc}]+)*$/u,
      ),
    })
    .check(
      z.refine(
        (paths) => Object.values(paths).filter((value) => value !== null).length > 1,
        'must have a path for at least two platforms: with one there is nothing to substitute',
      ),
    ),
);
export type RepositoryPaths = z.infer<ReturnType<typeof repositoryPathsSchema>>;

export const repositorySchema = onDemand(() =>
  z
    .strictObject({
      name: nameSchema(),
      description: z.string().check(z.maxLength(1_024)),
      paths: described(
        repositoryPathsSchema(),
        'Where it is on each platform; null where it cannot be reached.',
      ),
      version: described(boundedInt(1), 'Grows with each change.'),
    })
    .register(z.globalRegistry, { id: 'Repository' }),
);
export type Repository = z.infer<ReturnType<typeof repositorySchema>>;
