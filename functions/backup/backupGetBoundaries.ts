import { backupBoundaries } from '../../shared/actions/listBackups.ts';
import type * as contract from '../../shared/contract/backup.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const backupGetBoundaries: OperationFunction<typeof contract.backupGetBoundaries> = async ({
  context,
}) => backupBoundaries(context);
