import { sendCommand } from '../../shared/actions/sendCommand.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeSoftRestart: OperationFunction<typeof contract.nodeSoftRestart> = async ({
  context,
  operation,
  input,
  once,
}) => {
  const command = { kind: 'soft-restart' } as const;
  const { commandId } = await sendCommand(context, input.id, command, once, {
    refusedOffline: operation.name,
  });
  return { commandId };
};
