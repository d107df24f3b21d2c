import { sendCommand } from '../../shared/actions/sendCommand.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeRunPythonCode: OperationFunction<typeof contract.nodeRunPythonCode> = async ({
  context,
  operation,
  input,
  once,
}) => {
  const command = { kind: 'run-python', code: input.code, timeLimitSeconds: input.timeLimitSeconds } as const;
  const { commandId } = await sendCommand(context, input.id, command, once, {
    refusedOffline: operation.name,
  });
  return { commandId };
};
