/** Adds a repository. */
import { DispatcherError } from '../errors.ts';
import type { Repository } from '../model/repository.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

export async function addRepository(
  context: Context,
  repository: Omit<Repository, 'version'>,
  once: Once,
): Promise<void> {
  const refusal = new DispatcherError('already-exists', { what: 'repository', id: repository.name });
  const { isRepeat } = await once.reserve(async () => {
    if ((await context.repositories.find(repository.name)) !== undefined) throw refusal;
    return null;
  });
  const isAdded = await context.repositories.replace({ ...repository, version: 0 }, 0);
  if (!isAdded && !isRepeat) throw refusal;
}
