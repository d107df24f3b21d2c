import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templateRemove: OperationFunction<typeof contract.templateRemove> = async ({
  context,
  input,
  once,
}) => {
  const { removeTemplate } = await import('../../shared/actions/pushTemplate.ts');
  await removeTemplate(context, input.id, once);
  return {};
};
