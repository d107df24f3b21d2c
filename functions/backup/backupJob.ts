import type * as contract from '../../shared/contract/backup.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { backUp } from './backUp.ts';

export const backupJob: OperationFunction<typeof contract.backupJob> = backUp(false);
