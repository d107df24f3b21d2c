/** The entry in AWS. */
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaHookHostOnDemand } from '../../shared/runtime/lambdaHookHostOnDemand.ts';
import { lambdaSecretsOnDemand } from '../../shared/runtime/lambdaSecretsOnDemand.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(
  lambdaContext({ secrets: lambdaSecretsOnDemand(), hookHost: lambdaHookHostOnDemand() }),
);
