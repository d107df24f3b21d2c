/** The entry in AWS. */
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaMailboxCredentialsOnDemand } from '../../shared/runtime/lambdaMailboxCredentialsOnDemand.ts';
import { lambdaQueuesOnDemand } from '../../shared/runtime/lambdaQueuesOnDemand.ts';
import { templatesOnDemand } from '../../templates/onDemand.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(
  lambdaContext({
    templates: templatesOnDemand,
    queues: lambdaQueuesOnDemand(),
    blobs: lambdaBlobsOnDemand(),
    mailboxCredentials: lambdaMailboxCredentialsOnDemand(),
  }),
);
