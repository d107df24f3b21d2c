import { removeRepository } from '../../shared/actions/removeRepository.ts';
import type * as contract from '../../shared/contract/repositories.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const repositoriesRemove: OperationFunction<typeof contract.repositoriesRemove> = async ({
  context,
  input,
  once,
}) => {
  await removeRepository(context, input.name, once);
  return {};
};
