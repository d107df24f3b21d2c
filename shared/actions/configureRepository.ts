/** Changes a repository. */
import type { RepositoryPaths } from '../model/repository.ts';
import type { Context } from '../runtime/context.ts';
import { changeByVersion } from './changeByVersion.ts';

/** What is left out stays. */
export interface RepositoryChanges {
  readonly name: string;
  readonly description?: string | undefined;
  readonly paths?: RepositoryPaths | undefined;
}

export const configureRepository = (
  context: Context,
  { name, ...changes }: RepositoryChanges,
): Promise<void> => changeByVersion('repository', name, context.repositories, changes);
