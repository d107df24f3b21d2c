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
  // Hooks of pushed templates run in Lambda alone: test/infra/hookHosts.test.ts has those functions and who calls them.
  ...['jobs', 'rest', 'hooks'].flatMap((name) => [
    {
      right: `rollcall-try-${name} lambda:InvokeFunction *`,
      reason: 'The emulator does not run the functions that hooks run in.',
    },
    {
      right: `rollcall-try-${name} s3:GetObject *`,
      reason: 'The text of a template is read when a hook of it is called.',
    },
  ]),
  ...['jobs', 'hooks'].map((name) => ({
    right: `rollcall-try-${name} dynamodb:PutItem rollcall-try-farm`,
    reason: 'A hook is given a token when it is called.',
  })),
  ...[
    ['hooks dynamodb:DeleteItem rollcall-try-farm', 'What is kept of a call of a hook is forgotten.'],
    ['hooks sqs:SendMessage rollcall-try-recount', 'Chunks were let into the queue and not counted.'],
    ['templates dynamodb:UpdateItem rollcall-try-farm', 'A hook that failed is run again.'],
    ['templates sqs:SendMessage rollcall-try-hooks.fifo', 'A hook that failed is run again.'],
    ['idling dynamodb:DeleteItem rollcall-try-farm', 'Old failures of hooks are forgotten.'],
    ['idling sqs:SendMessage rollcall-try-hooks.fifo', 'Hooks are told of each minute.'],
  ].map(([right, what]) => ({
    right: `rollcall-try-${right}`,
    reason: `${what} No hook of a pushed template runs in the emulator.`,
  })),
  {
    right: 'rollcall-try-system lambda:InvokeFunction *',
    reason: 'The emulator does not run the functions that scripts run in.',
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
