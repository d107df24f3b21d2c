/** The entry in AWS. */
import { setTimeout as pause } from 'node:timers/promises';
import { lambdaContext, tableOf } from '../../shared/runtime/lambdaContext.ts';
import { lambdaPushOnDemand } from '../../shared/runtime/lambdaPushOnDemand.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(lambdaContext({ push: lambdaPushOnDemand() }), tableOf, pause);
