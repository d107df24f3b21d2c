import { listBackups } from '../../shared/actions/listBackups.ts';
import type * as contract from '../../shared/contract/backup.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const backupQuery: OperationFunction<typeof contract.backupQuery> = async ({ context, input }) =>
  listBackups(context, input);
