/**
 * The same as `lambdaMailboxCredentials.ts`, loaded with the client of the token service by the first node that asks: most
 * calls of the function are claims, reports and heartbeats, and never do.
 */
import { onDemand } from '../model/onDemand.ts';
import type { MailboxCredentialSource } from '../queues/mailboxCredentials.ts';

export function lambdaMailboxCredentialsOnDemand(): MailboxCredentialSource {
  const source = onDemand(async () =>
    (await import('./lambdaMailboxCredentials.ts')).lambdaMailboxCredentials(),
  );
  return async (nodeId) => (await source())(nodeId);
}
