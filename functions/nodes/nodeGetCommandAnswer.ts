import type * as contract from '../../shared/contract/nodes.ts';
import { notFound } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeGetCommandAnswer: OperationFunction<typeof contract.nodeGetCommandAnswer> = async ({
  context,
  input,
}) => {
  const answer = await context.commands.findAnswer(input.id, input.commandId);
  if (answer !== undefined) return { answer };
  if (await context.commands.isWaiting(input.id, input.commandId)) return { answer: null };
  throw notFound(`command of node ${input.id}`, input.commandId);
};
