import { addFolder } from '../../shared/actions/submitJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { ownerFor } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobAddFolder: OperationFunction<typeof contract.jobAddFolder> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) =>
  addFolder(
    context,
    { parentId: input.parentId, name: input.name, owner: ownerFor(caller, operation.name, input.owner) },
    once,
  );
