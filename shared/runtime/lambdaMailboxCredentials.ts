/**
 * Credentials for mailboxes in AWS. The client of the token service is loaded by the first node that asks for them: most
 * calls of the function are claims, reports and heartbeats, and never do.
 */
import { onDemand } from '../model/onDemand.ts';
import type { MailboxCredentialSource } from '../queues/mailboxCredentials.ts';
import { lambdaVariables, mailboxVariables, required } from './env.ts';

export function lambdaMailboxCredentials(): MailboxCredentialSource {
  const source = onDemand(async () => {
    const { connectTokens, mailboxCredentials } = await import('../queues/mailboxCredentials.ts');
    const region = required(lambdaVariables.region);
    return mailboxCredentials(connectTokens({ region }), {
      queueUrlBase: required(mailboxVariables.urlBase),
      queueArnBase: required(mailboxVariables.arnBase),
      namePrefix: required(mailboxVariables.namePrefix),
      roleArn: required(mailboxVariables.roleArn),
      region,
      endpoint: null,
    });
  });
  return async (nodeId) => (await source())(nodeId);
}
