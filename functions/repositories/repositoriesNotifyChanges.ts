import { announceList } from '../../shared/actions/announceList.ts';
import type * as contract from '../../shared/contract/repositories.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const repositoriesNotifyChanges: OperationFunction<
  typeof contract.repositoriesNotifyChanges
> = async ({ context, once }) => {
  await announceList(context, 'repositories', once);
  return {};
};
