import { reportChunk } from '../../shared/actions/reportChunk.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeReport: OperationFunction<typeof contract.nodeReport> = async ({
  context,
  operation,
  caller,
  input,
}) => reportChunk(context, { nodeId: nodeOf(caller, operation.name), session: input.session }, input);
