/** The entry in AWS. */
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { templates } from '../../templates/index.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(lambdaContext({ templates, blobs: lambdaBlobsOnDemand() }));
