/** Adds a repository. */
import type { Repository } from '../model/repository.ts';
import type { Context } from '../runtime/context.ts';
import { addOnce } from './addOnce.ts';
import type { Once } from './once.ts';

export const addRepository = (
  context: Context,
  repository: Omit<Repository, 'version'>,
  once: Once,
): Promise<void> =>
  addOnce('repository', repository.name, context.repositories, once, async () => ({
    ...repository,
    version: 0,
  }));
