import { sendCommand } from '../../shared/actions/sendCommand.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeSendSystemEvent: OperationFunction<typeof contract.nodeSendSystemEvent> = async ({
  context,
  operation,
  input,
  once,
}) => {
  const command = { kind: 'system-event', event: input.event } as const;
  const { commandId } = await sendCommand(context, input.id, command, once, {
    refusedOffline: operation.name,
  });
  return { commandId };
};
