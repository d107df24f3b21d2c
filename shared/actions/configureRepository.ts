/** Changes a repository. */
import { DispatcherError, notFound } from '../errors.ts';
import type { RepositoryPaths } from '../model/repository.ts';
import type { Context } from '../runtime/context.ts';

const TRIES = 5;

/** What is left out stays. */
export interface RepositoryChanges {
  readonly name: string;
  readonly description?: string | undefined;
  readonly paths?: RepositoryPaths | undefined;
}

export async function configureRepository(
  context: Context,
  { name, description, paths }: RepositoryChanges,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const repository = await context.repositories.find(name);
    if (repository === undefined) throw notFound('repository', name);
    const changed = {
      ...repository,
      description: description ?? repository.description,
      paths: paths ?? repository.paths,
    };
    if (await context.repositories.replace(changed, repository.version)) return;
  }
  throw new DispatcherError('conflict', { what: 'repository', id: name });
}
