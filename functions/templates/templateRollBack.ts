import { rollBackTemplate } from '../../shared/actions/pushTemplate.ts';
import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templateRollBack: OperationFunction<typeof contract.templateRollBack> = async ({
  context,
  input,
  once,
}) => ({ edition: await rollBackTemplate(context, input.id, input.edition, once) });
