import { answerCommand } from '../../shared/actions/answerCommand.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeAnswerCommand: OperationFunction<typeof contract.nodeAnswerCommand> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const { session, commandId, ...answer } = input;
  await answerCommand(context, { nodeId: nodeOf(caller, operation.name), session }, commandId, answer);
  return {};
};
