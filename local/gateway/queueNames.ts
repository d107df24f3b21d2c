/** Names, ARNs and URLs of the local queues: account and region are made up, and the same on every machine. */
export const localRegion = 'local';
export const localAccount = '000000000000';

/** What stands before a queue's name in its ARN. */
export const queueArnBase = `arn:aws:sqs:${localRegion}:${localAccount}:`;
/** What stands between the gateway's address and a queue's name in its URL. */
export const queuePathBase = `/queues/${localAccount}/`;

const namePattern = /^(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?$/;

export const isQueueName = (name: string): boolean => namePattern.test(name);

export const isFifoName = (name: string): boolean => name.endsWith('.fifo');

export const queueArn = (name: string): string => queueArnBase + name;

export const queueUrl = (gatewayUrl: string, name: string): string =>
  gatewayUrl.replace(/\/$/, '') + queuePathBase + name;

export function queueNameFromArn(arn: string): string | undefined {
  const name = arn.startsWith(queueArnBase) ? arn.slice(queueArnBase.length) : '';
  return isQueueName(name) ? name : undefined;
}

/**
 * The queue that a URL names. Only the end of its path counts: clients reach the gateway by whatever host,
 * port or proxy they can, and the URL they hold may have been made for another one.
 */
export function queueNameFromUrl(url: string): string | undefined {
  const path = URL.parse(url, 'http://gateway')?.pathname ?? '';
  const at = path.lastIndexOf(queuePathBase);
  const name = at < 0 ? '' : path.slice(at + queuePathBase.length);
  return isQueueName(name) ? name : undefined;
}
