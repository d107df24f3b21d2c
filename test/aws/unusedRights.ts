/** Rights that functions need in AWS and this run does not use, with the reason. Anything else unused is too much. */
export interface UnusedRight {
  /** Function, action and resource, as the report names them; `*` is any. */
  readonly right: string;
  readonly reason: string;
}

export const unusedRights: readonly UnusedRight[] = [
  {
    right: '* logs:CreateLogStream *',
    reason: 'Lambda itself writes the log, by the rights of the function.',
  },
  { right: '* logs:PutLogEvents *', reason: 'Lambda itself writes the log, by the rights of the function.' },
  {
    right: '* sqs:GetQueueAttributes *',
    reason: 'Lambda asks for it before it accepts a queue as a source.',
  },
  { right: '* dynamodb:ListStreams *', reason: 'Lambda asks for it before it accepts a stream as a source.' },
  {
    right: '* s3:ListBucket *',
    reason:
      'S3 says that an object is not there only to whom may list; to others it says that access is denied.',
  },
  {
    right: 'rollcall-try-consolePush sqs:SendMessage rollcall-try-feed-dead',
    reason: 'Lambda itself puts aside what fails, by the rights of the function; told of the projector.',
  },
];

export const isExplained = ({ right }: UnusedRight, line: string): boolean => {
  const [name, action, resource] = right.split(' ');
  const [isName, isAction, ...isResource] = line.split(' ');
  return (
    (name === '*' || name === isName) &&
    action === isAction &&
    (resource === '*' || resource === isResource.join(' '))
  );
};
