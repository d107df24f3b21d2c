import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageOfNames } from '../../shared/store/pages.ts';

export const templateGetHookFailures: OperationFunction<typeof contract.templateGetHookFailures> = async ({
  context,
  input,
}) => {
  const failures = await context.hookFailures.list();
  const named = failures.map(({ retry: _retry, ...failure }) => ({ name: failure.key, failure }));
  const { entries, nextPageToken } = pageOfNames('hook-failures', named, input);
  return { failures: entries.map(({ failure }) => failure), nextPageToken };
};
