import { broadcastCommand, sendCommand } from '../../shared/actions/sendCommand.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const sendMessageToNode: OperationFunction<typeof contract.sendMessageToNode> = async ({
  context,
  input,
  once,
}) => {
  const command = { kind: 'message', templateId: input.templateId, text: input.message } as const;
  if (input.brodcast) return { delivery: 'sent', ...(await broadcastCommand(context, command, once)) };
  if (input.id === -1) {
    throw new DispatcherError('invalid-input', {
      field: 'id',
      rule: 'must be a node unless brodcast is true; it is -1',
    });
  }
  return { ...(await sendCommand(context, input.id, command, once)), nodeCount: 1 };
};
