import type * as contract from '../../shared/contract/backup.ts';
import { assertMayArchiveJobOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const backupRestoreJob: OperationFunction<typeof contract.backupRestoreJob> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  const { restoreJob } = await import('../../shared/actions/restoreJob.ts');
  return restoreJob(
    context,
    { id: input.id, actions: input.actionMode, newParentId: input.newParentId },
    (owner) => assertMayArchiveJobOf(caller, operation.name, owner),
    once,
  );
};
