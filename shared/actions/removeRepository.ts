/** Removes a repository. */
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

export async function removeRepository(context: Context, name: string, once: Once): Promise<void> {
  await once.reserve(async () => {
    if ((await context.repositories.find(name)) === undefined) throw notFound('repository', name);
    return null;
  });
  await context.repositories.remove(name);
}
