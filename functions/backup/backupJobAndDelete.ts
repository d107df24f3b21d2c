import type * as contract from '../../shared/contract/backup.ts';
import { assertMayArchiveJobOf, userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const backupJobAndDelete: OperationFunction<typeof contract.backupJobAndDelete> = async ({
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
      thenDelete: true,
      by: userOf(caller, operation.name).name,
    },
    (owner) => assertMayArchiveJobOf(caller, operation.name, owner),
    once,
  );
};
