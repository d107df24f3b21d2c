import { viewTemplate } from '../../shared/actions/viewTemplate.ts';
import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templateGet: OperationFunction<typeof contract.templateGet> = async ({ context, input }) => ({
  template: await viewTemplate(context, input.id),
});
