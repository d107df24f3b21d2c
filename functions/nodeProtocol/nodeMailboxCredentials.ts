import { getSessionState } from '../../shared/actions/claimChunk.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeMailboxCredentials: OperationFunction<typeof contract.nodeMailboxCredentials> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const nodeId = nodeOf(caller, operation.name);
  await getSessionState(context, { nodeId, session: input.session });
  // It may have been removed while the node was away for days.
  await context.mailbox.create(nodeId);
  return context.mailboxCredentials(nodeId);
};
