import type * as contract from '../../shared/contract/system.ts';
import { assertMayRunScripts } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemRunScript: OperationFunction<typeof contract.systemRunScript> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  assertMayRunScripts(caller, operation.name);
  const { runScript } = await import('../../shared/actions/runScript.ts');
  return runScript(context, input, once);
};
