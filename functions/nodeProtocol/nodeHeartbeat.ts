import { heartbeat } from '../../shared/actions/heartbeat.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeHeartbeat: OperationFunction<typeof contract.nodeHeartbeat> = async ({
  context,
  operation,
  caller,
  input,
}) => heartbeat(context, { nodeId: nodeOf(caller, operation.name), session: input.session }, input);
