import type * as contract from '../../shared/contract/repositories.ts';
import { notFound } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const repositoriesGet: OperationFunction<typeof contract.repositoriesGet> = async ({
  context,
  input,
}) => {
  const repository = await context.repositories.find(input.name);
  if (repository === undefined) throw notFound('repository', input.name);
  return { repository };
};
