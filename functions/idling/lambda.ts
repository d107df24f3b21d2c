/** The entry in AWS. */
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaQueues } from '../../shared/runtime/lambdaQueues.ts';
import { templates } from '../../templates/index.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(
  lambdaContext({ templates, queues: lambdaQueues(), blobs: lambdaBlobsOnDemand() }),
);
