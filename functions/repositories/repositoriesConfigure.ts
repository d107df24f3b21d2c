import { configureRepository } from '../../shared/actions/configureRepository.ts';
import type * as contract from '../../shared/contract/repositories.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const repositoriesConfigure: OperationFunction<typeof contract.repositoriesConfigure> = async ({
  context,
  input,
}) => {
  await configureRepository(context, input.repository);
  return {};
};
