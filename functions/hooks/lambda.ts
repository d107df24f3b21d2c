/** The entry in AWS. */
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaHookHostOnDemand } from '../../shared/runtime/lambdaHookHostOnDemand.ts';
import { lambdaQueuesOnDemand } from '../../shared/runtime/lambdaQueuesOnDemand.ts';
import { templatesOnDemand } from '../../templates/onDemand.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(
  lambdaContext({
    templates: templatesOnDemand,
    blobs: lambdaBlobsOnDemand(),
    queues: lambdaQueuesOnDemand(),
    hookHost: lambdaHookHostOnDemand(),
  }),
);
