import { getSessionState } from '../../shared/actions/claimChunk.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeFetchCommands: OperationFunction<typeof contract.nodeFetchCommands> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const node = { nodeId: nodeOf(caller, operation.name), session: input.session };
  await getSessionState(context, node);
  return { commands: await context.commands.waiting(node.nodeId) };
};
