/**
 * List prices of AWS, the only place where one is written down: what a farm costs at rest and what it costs at work are
 * worked out from these. On demand, in US dollars, without free tiers and volume discounts.
 */
export const PRICE_REGION = 'us-east-1';
/** Month that the prices below are of. */
export const PRICES_OF = 'November 2026';

export interface Price {
  readonly service: string;
  readonly dollars: number;
  /** So many units have that price. */
  readonly per: number;
  readonly units: string;
  readonly source: string;
}

const MILLION = 1e6;
const dynamoDb = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const lambda = 'https://aws.amazon.com/lambda/pricing/';
const sqs = 'https://aws.amazon.com/sqs/pricing/';
const s3 = 'https://aws.amazon.com/s3/pricing/';
const cloudWatch = 'https://aws.amazon.com/cloudwatch/pricing/';

export const prices = {
  writeUnit: {
    service: 'DynamoDB writes',
    dollars: 0.625,
    per: MILLION,
    units: 'write request units',
    source: dynamoDb,
  },
  readUnit: {
    service: 'DynamoDB reads',
    dollars: 0.125,
    per: MILLION,
    units: 'read request units',
    source: dynamoDb,
  },
  streamRead: {
    service: 'DynamoDB streams',
    dollars: 0,
    per: MILLION,
    units: 'reads of a stream, if it is Lambda that reads',
    source: dynamoDb,
  },
  tableStorage: {
    service: 'DynamoDB storage',
    dollars: 0.25,
    per: 1,
    units: 'GB and month',
    source: dynamoDb,
  },
  tableRecovery: {
    service: 'DynamoDB restore',
    dollars: 0.2,
    per: 1,
    units: 'GB and month',
    source: dynamoDb,
  },
  functionCall: {
    service: 'Lambda calls',
    dollars: 0.2,
    per: MILLION,
    units: 'calls',
    source: lambda,
  },
  functionTime: {
    service: 'Lambda time',
    dollars: 0.0000133334,
    per: 1,
    units: 'GB-s on arm64',
    source: lambda,
  },
  queueRequest: {
    service: 'SQS',
    dollars: 0.4,
    per: MILLION,
    units: 'requests to standard queues',
    source: sqs,
  },
  fifoRequest: {
    service: 'SQS',
    dollars: 0.5,
    per: MILLION,
    units: 'requests to FIFO queues',
    source: sqs,
  },
  httpCall: {
    service: 'API Gateway',
    dollars: 1,
    per: MILLION,
    units: 'calls of an HTTP API',
    source: 'https://aws.amazon.com/api-gateway/pricing/',
  },
  objectPut: { service: 'S3 PUTs', dollars: 5, per: MILLION, units: 'PUTs', source: s3 },
  objectStorage: {
    service: 'S3 storage',
    dollars: 0.023,
    per: 1,
    units: 'GB and month',
    source: s3,
  },
  scheduledEvent: {
    service: 'EventBridge',
    dollars: 0,
    per: MILLION,
    units: 'events of a schedule',
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  busEvent: {
    service: 'EventBridge',
    dollars: 1,
    per: MILLION,
    units: "events of one's own, of up to 64 KB",
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  assumedRole: {
    service: 'STS',
    dollars: 0,
    per: MILLION,
    units: 'assumed roles',
    source: 'https://aws.amazon.com/iam/',
  },
  alarmMetric: {
    service: 'CloudWatch alarms',
    dollars: 0.1,
    per: 1,
    units: 'metric and month',
    source: cloudWatch,
  },
  logWrite: {
    service: 'CloudWatch logs',
    dollars: 0.5,
    per: 1,
    units: 'GB written',
    source: cloudWatch,
  },
  transferOut: {
    service: 'Data transfer',
    dollars: 0.09,
    per: 1,
    units: 'GB out to the internet',
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;

export const priceOf = (name: PriceName, amount: number): number =>
  (amount * prices[name].dollars) / prices[name].per;
