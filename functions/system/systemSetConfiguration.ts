import { configureFarm } from '../../shared/actions/configureFarm.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemSetConfiguration: OperationFunction<typeof contract.systemSetConfiguration> = async ({
  context,
  input,
}) => ({ version: await configureFarm(context, input.configuration, input.store) });
