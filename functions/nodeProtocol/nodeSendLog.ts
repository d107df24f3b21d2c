import { keepLiveText } from '../../shared/actions/keepLiveText.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeSendLog: OperationFunction<typeof contract.nodeSendLog> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const node = { nodeId: nodeOf(caller, operation.name), session: input.session };
  await keepLiveText(context, node, input);
  return {};
};
