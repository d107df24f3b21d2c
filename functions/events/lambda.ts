/** The entry in AWS. */
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaEventBusOnDemand } from '../../shared/runtime/lambdaEventBusOnDemand.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(lambdaContext({ eventBus: lambdaEventBusOnDemand() }));
