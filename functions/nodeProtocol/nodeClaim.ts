import { claimChunk } from '../../shared/actions/claimChunk.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeClaim: OperationFunction<typeof contract.nodeClaim> = async ({
  context,
  operation,
  caller,
  input,
}) => claimChunk(context, { nodeId: nodeOf(caller, operation.name), session: input.session });
