/** AssumeRole of STS, the one call that the dispatcher makes: form in, XML out. */
import { AwsError } from './awsError.ts';
import type { GatewayCredentials, Principal, SessionCredentials } from './credentials.ts';
import { rightsFromPolicy } from './policy.ts';
import { localAccount } from './queueNames.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
const rolePattern = new RegExp(`^arn:aws:iam::${localAccount}:role/([\\w+=,.@-]{1,64})$`);
/** Of AWS: the longest for a role that assumes another, as the dispatcher's functions do. */
const mostSeconds = 3_600;
const leastSeconds = 900;

/** Answers a signed request. */
export function answerSts(
  form: URLSearchParams,
  principal: Principal,
  credentials: GatewayCredentials,
  requestId: string,
): string {
  const action = form.get('Action');
  if (action !== 'AssumeRole') {
    throw new AwsError('UnknownOperation', `There is no action ${action} here.`);
  }
  if (principal.rights !== 'all') {
    throw new AwsError(
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${form.get('RoleArn')}`,
    );
  }
  const [, role] = rolePattern.exec(form.get('RoleArn') ?? '') ?? [];
  if (role === undefined) throw invalid(`RoleArn must be like arn:aws:iam::${localAccount}:role/NAME`);
  const session = form.get('RoleSessionName') ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    throw invalid('RoleSessionName must be 2 to 64 of [A-Za-z0-9_+=,.@-]');
  const seconds = Number(form.get('DurationSeconds') ?? mostSeconds);
  if (!(Number.isInteger(seconds) && seconds >= leastSeconds && seconds <= mostSeconds)) {
    throw invalid(`DurationSeconds must be from ${leastSeconds} to ${mostSeconds}`);
  }
  const policy = form.get('Policy');
  // AWS would give all rights of the role; here a role has none of its own beyond what a policy names.
  if (policy === null) throw invalid('Policy is needed: sessions are given for named queues only');
  const arn = `arn:aws:sts::${localAccount}:assumed-role/${role}/${session}`;
  return assumed(arn, session, credentials.issue(arn, rightsFromPolicy(policy), seconds), requestId);
}

export const stsError = (error: AwsError, requestId: string): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${error.definition.status < 500 ? 'Sender' : 'Receiver'}</Type>` +
  `<Code>${error.definition.queryCode}</Code><Message>${escaped(error.message)}</Message></Error>` +
  `<RequestId>${requestId}</RequestId></ErrorResponse>`;

const assumed = (arn: string, session: string, given: SessionCredentials, requestId: string): string =>
  `<AssumeRoleResponse xmlns="${namespace}"><AssumeRoleResult>` +
  `<AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAROLLCALL:${session}</AssumedRoleId></AssumedRoleUser>` +
  `<Credentials><AccessKeyId>${given.accessKeyId}</AccessKeyId>` +
  `<SecretAccessKey>${given.secretAccessKey}</SecretAccessKey>` +
  `<SessionToken>${given.sessionToken}</SessionToken>` +
  `<Expiration>${new Date(given.expiresAt).toISOString()}</Expiration></Credentials>` +
  `</AssumeRoleResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></AssumeRoleResponse>`;

const invalid = (rule: string): AwsError => new AwsError('ValidationError', `${rule}.`);

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');
