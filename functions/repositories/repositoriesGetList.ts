import type * as contract from '../../shared/contract/repositories.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageOfNames } from '../../shared/store/pages.ts';

export const repositoriesGetList: OperationFunction<typeof contract.repositoriesGetList> = async ({
  context,
  input,
}) => {
  const { entries, nextPageToken } = pageOfNames('repositories', await context.repositories.list(), input);
  return { repositories: entries, nextPageToken };
};
