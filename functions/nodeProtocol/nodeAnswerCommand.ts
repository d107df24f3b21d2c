import { getSessionState } from '../../shared/actions/claimChunk.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { timeAfter } from '../../shared/model/clock.ts';

export const nodeAnswerCommand: OperationFunction<typeof contract.nodeAnswerCommand> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const nodeId = nodeOf(caller, operation.name);
  await getSessionState(context, { nodeId, session: input.session });
  const { commandNo, ok, output } = input;
  await context.nodes.putCommandAnswer(nodeId, { commandNo, ok, output, at: timeAfter(context.clock) });
  return {};
};
