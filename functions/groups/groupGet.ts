import type * as contract from '../../shared/contract/groups.ts';
import { notFound } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const groupGet: OperationFunction<typeof contract.groupGet> = async ({ context, input }) => {
  const group = await context.groups.find(input.name);
  if (group === undefined) throw notFound('group', input.name);
  return { group };
};
