/** Whether a caller may change a job. */
import { assertMayChangeJobOf } from '../domain/permissions.ts';
import type { Caller } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';

/** A check that throws `forbidden` unless the caller may change the jobs of an owner. */
export const mayChange =
  (context: Context, caller: Caller | undefined, operation: string) =>
  (owner: string): Promise<void> =>
    assertMayChangeJobOf(
      caller,
      operation,
      owner,
      async (name) => (await context.users.find(name, false))?.groups ?? [],
    );
