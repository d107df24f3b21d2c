/** The entry in AWS. */
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { templatesOnDemand } from '../../templates/onDemand.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(
  lambdaContext({ blobs: lambdaBlobsOnDemand(), templates: templatesOnDemand }),
);
