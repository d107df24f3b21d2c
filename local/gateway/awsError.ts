/**
 * A refusal in the words of AWS. SQS speaks JSON but its clients still look for the names of its older query
 * protocol: the SDK picks the class of an error by `queryCode`, which travels in a header, before it looks at
 * the type in the body. STS speaks the query protocol alone and sends only `queryCode`.
 */
interface AwsErrorDefinition {
  readonly status: number;
  readonly type: string;
  readonly queryCode: string;
}

const sqs = (name: string, queryCode: string, status = 400): AwsErrorDefinition => ({
  status,
  type: `com.amazonaws.sqs#${name}`,
  queryCode,
});
/** Errors of the layer in front of every AWS service. */
const front = (name: string, queryCode: string, status: number): AwsErrorDefinition => ({
  status,
  type: `com.amazon.coral.service#${name}`,
  queryCode,
});

export const awsErrors = {
  QueueDoesNotExist: sqs('QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'),
  QueueNameExists: sqs('QueueNameExists', 'QueueAlreadyExists'),
  ReceiptHandleIsInvalid: sqs('ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid', 404),
  MessageNotInflight: sqs('MessageNotInflight', 'AWS.SimpleQueueService.MessageNotInflight'),
  InvalidAttributeName: sqs('InvalidAttributeName', 'InvalidAttributeName'),
  InvalidAttributeValue: sqs('InvalidAttributeValue', 'InvalidAttributeValue'),
  EmptyBatchRequest: sqs('EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest'),
  TooManyEntriesInBatchRequest: sqs(
    'TooManyEntriesInBatchRequest',
    'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  ),
  BatchEntryIdsNotDistinct: sqs(
    'BatchEntryIdsNotDistinct',
    'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  ),
  BatchRequestTooLong: sqs('BatchRequestTooLong', 'AWS.SimpleQueueService.BatchRequestTooLong'),
  InvalidParameterValue: front('InvalidParameterValueException', 'InvalidParameterValue', 400),
  MissingParameter: front('MissingParameterException', 'MissingParameter', 400),
  UnknownOperation: front('UnknownOperationException', 'InvalidAction', 400),
  Serialization: front('SerializationException', 'MalformedInput', 400),
  AccessDenied: front('AccessDeniedException', 'AccessDenied', 403),
  ExpiredToken: front('ExpiredTokenException', 'ExpiredToken', 403),
  InvalidClientTokenId: front('UnrecognizedClientException', 'InvalidClientTokenId', 403),
  MissingAuthenticationToken: front('MissingAuthenticationTokenException', 'MissingAuthenticationToken', 403),
  IncompleteSignature: front('IncompleteSignatureException', 'IncompleteSignature', 400),
  SignatureDoesNotMatch: front('InvalidSignatureException', 'SignatureDoesNotMatch', 403),
  RequestExpired: front('RequestExpiredException', 'RequestExpired', 400),
  MalformedPolicyDocument: front('MalformedPolicyDocumentException', 'MalformedPolicyDocument', 400),
  ValidationError: front('ValidationException', 'ValidationError', 400),
  InternalFailure: front('InternalFailure', 'InternalFailure', 500),
} as const satisfies Record<string, AwsErrorDefinition>;

export type AwsErrorName = keyof typeof awsErrors;

export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly reason: AwsErrorName;

  constructor(reason: AwsErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }

  get definition(): AwsErrorDefinition {
    return awsErrors[this.reason];
  }
}
