/** Credentials for mailboxes in AWS. Apart from the context, so that other functions do not carry the STS client. */
import {
  connectTokens,
  type MailboxCredentialSource,
  mailboxCredentials,
} from '../queues/mailboxCredentials.ts';
import { lambdaVariables, mailboxVariables, required } from './env.ts';

export function lambdaMailboxCredentials(): MailboxCredentialSource {
  const region = required(lambdaVariables.region);
  return mailboxCredentials(connectTokens({ region }), {
    queueUrlBase: required(mailboxVariables.urlBase),
    queueArnBase: required(mailboxVariables.arnBase),
    namePrefix: required(mailboxVariables.namePrefix),
    roleArn: required(mailboxVariables.roleArn),
    region,
    endpoint: null,
  });
}
