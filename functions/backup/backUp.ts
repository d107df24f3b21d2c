/** What both operations do that back a job up. */
import type * as contract from '../../shared/contract/backup.ts';
import { assertMayArchiveJobOf, userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

type BackUp = OperationFunction<typeof contract.backupJob | typeof contract.backupJobAndDelete>;

export const backUp =
  (thenDelete: boolean): BackUp =>
  async ({ context, operation, caller, input, once }) => {
    const { backupJob } = await import('../../shared/actions/backupJob.ts');
    return backupJob(
      context,
      {
        jobId: input.id,
        mode: input.overwriteMode,
        thenDelete,
        by: userOf(caller, operation.name).name,
      },
      (owner) => assertMayArchiveJobOf(caller, operation.name, owner),
      once,
    );
  };
