import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templateRollBack: OperationFunction<typeof contract.templateRollBack> = async ({
  context,
  input,
  once,
}) => {
  const { rollBackTemplate } = await import('../../shared/actions/pushTemplate.ts');
  return { edition: await rollBackTemplate(context, input.id, input.edition, once) };
};
