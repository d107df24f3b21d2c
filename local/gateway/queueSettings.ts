/** What can be set on a queue, and its attributes as SQS names them. */
import { AwsError } from './awsError.ts';
import { queueArn, queueNameFromArn } from './queueNames.ts';

export interface QueueSettings {
  readonly retentionSeconds: number;
  readonly visibilitySeconds: number;
  /** How long a message is hidden at first, unless it says otherwise. */
  readonly delaySeconds: number;
  /** How long a receive over the wire waits, unless it says otherwise. */
  readonly waitSeconds: number;
  /** FIFO: a message without a deduplication id gets its body's hash. */
  readonly deduplicatesByContent: boolean;
  /** Where a message goes instead of being received once more than `maxReceiveCount` times. */
  readonly deadLetters: { readonly queueName: string; readonly maxReceiveCount: number } | null;
}

/** What SQS gives a queue that says nothing. */
export const defaultSettings: QueueSettings = {
  retentionSeconds: 4 * 86_400,
  visibilitySeconds: 30,
  delaySeconds: 0,
  waitSeconds: 0,
  deduplicatesByContent: false,
  deadLetters: null,
};

/** The settings that a CreateQueue request names; others are left to the defaults. */
export function settingsFromAttributes(
  queueName: string,
  attributes: Readonly<Record<string, string>>,
): Partial<QueueSettings> {
  let settings: Partial<QueueSettings> = {};
  for (const [name, value] of Object.entries(attributes)) {
    settings = { ...settings, ...settingFromAttribute(queueName, name, value) };
  }
  return settings;
}

function settingFromAttribute(queueName: string, name: string, value: string): Partial<QueueSettings> {
  switch (name) {
    case 'MessageRetentionPeriod':
      return { retentionSeconds: seconds(name, value, 60, 1_209_600) };
    case 'VisibilityTimeout':
      return { visibilitySeconds: seconds(name, value, 0, 43_200) };
    case 'DelaySeconds':
      return { delaySeconds: seconds(name, value, 0, 900) };
    case 'ReceiveMessageWaitTimeSeconds':
      return { waitSeconds: seconds(name, value, 0, 20) };
    case 'ContentBasedDeduplication':
      return { deduplicatesByContent: truth(name, value) };
    case 'RedrivePolicy':
      return { deadLetters: redrivePolicy(value) };
    case 'FifoQueue':
      if (truth(name, value) !== queueName.endsWith('.fifo')) {
        throw new AwsError(
          'InvalidParameterValue',
          'a FIFO queue, and no other, has a name that ends in .fifo',
        );
      }
      return {};
    default:
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
}

function seconds(name: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new AwsError('InvalidAttributeValue', `${name} must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

function truth(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') {
    throw new AwsError('InvalidAttributeValue', `${name} must be true or false.`);
  }
  return value === 'true';
}

function redrivePolicy(text: string): QueueSettings['deadLetters'] {
  if (text === '') return null;
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (cause) {
    throw new AwsError('InvalidAttributeValue', 'RedrivePolicy must be JSON.', { cause });
  }
  const { deadLetterTargetArn, maxReceiveCount } = (policy ?? {}) as Record<string, unknown>;
  const queueName =
    typeof deadLetterTargetArn === 'string' ? queueNameFromArn(deadLetterTargetArn) : undefined;
  const count = Number(maxReceiveCount);
  if (queueName === undefined || !Number.isInteger(count) || count < 1 || count > 1_000) {
    throw new AwsError(
      'InvalidAttributeValue',
      `RedrivePolicy needs deadLetterTargetArn (like ${queueArn('NAME')}) and maxReceiveCount, 1 to 1000.`,
    );
  }
  return { queueName, maxReceiveCount: count };
}
