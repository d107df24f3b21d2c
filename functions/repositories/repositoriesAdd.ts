import { addRepository } from '../../shared/actions/addRepository.ts';
import type * as contract from '../../shared/contract/repositories.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const repositoriesAdd: OperationFunction<typeof contract.repositoriesAdd> = async ({
  context,
  input,
  once,
}) => {
  await addRepository(context, input.repository, once);
  return {};
};
