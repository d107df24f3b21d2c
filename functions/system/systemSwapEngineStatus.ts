import { swapEngine } from '../../shared/actions/swapEngine.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemSwapEngineStatus: OperationFunction<typeof contract.systemSwapEngineStatus> = async ({
  context,
  once,
}) => ({ running: await swapEngine(context, once) });
