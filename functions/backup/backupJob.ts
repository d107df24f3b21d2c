import type * as contract from '../../shared/contract/backup.ts';
import { assertMayArchiveJobOf, userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const backupJob: OperationFunction<typeof contract.backupJob> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  const { backupJob: backUp } = await import('../../shared/actions/backupJob.ts');
  return backUp(
    context,
    {
      jobId: input.id,
      mode: input.overwriteMode,
      thenDelete: false,
      by: userOf(caller, operation.name).name,
    },
    (owner) => assertMayArchiveJobOf(caller, operation.name, owner),
    once,
  );
};
