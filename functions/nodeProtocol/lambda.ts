/** The entry in AWS. */
import { lambdaBlobs } from '../../shared/runtime/lambdaBlobs.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaMailboxCredentialsOnDemand } from '../../shared/runtime/lambdaMailboxCredentialsOnDemand.ts';
import { lambdaQueuesOnDemand } from '../../shared/runtime/lambdaQueuesOnDemand.ts';
import { templates } from '../../templates/index.ts';
import { createHandler } from './index.ts';

export const handler = createHandler(
  lambdaContext({
    templates,
    queues: lambdaQueuesOnDemand(),
    blobs: lambdaBlobs(),
    mailboxCredentials: lambdaMailboxCredentialsOnDemand(),
  }),
);
