import { removeTemplate } from '../../shared/actions/pushTemplate.ts';
import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templateRemove: OperationFunction<typeof contract.templateRemove> = async ({
  context,
  input,
  once,
}) => {
  await removeTemplate(context, input.id, once);
  return {};
};
