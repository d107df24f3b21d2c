/**
 * Session policies: the rights that AssumeRole narrows the mailbox role to. Only what the dispatcher sends is
 * understood: statements that allow actions on queues, each written out. Anything else is refused rather than
 * read as something it does not say.
 */
import * as z from 'zod/mini';
import { AwsError } from './awsError.ts';
import { queueNameFromArn } from './queueNames.ts';

export interface Right {
  readonly actions: readonly string[];
  /** ARN of a queue. */
  readonly resource: string;
}

/** What the mailbox role itself may do: a session cannot have more, whatever its policy says. */
const roleActions: ReadonlySet<string> = new Set(['sqs:ReceiveMessage', 'sqs:DeleteMessage']);

const oneOrMore = <T extends z.ZodMiniType>(schema: T) =>
  z.union([
    z.pipe(
      schema,
      z.transform((value) => [value]),
    ),
    z.array(schema).check(z.minLength(1)),
  ]);

const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.literal('Allow'),
  Action: oneOrMore(z.string().check(z.regex(/^sqs:[A-Za-z]+$/))),
  Resource: oneOrMore(z.string().check(z.refine((arn) => queueNameFromArn(arn) !== undefined))),
});

const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: oneOrMore(statementSchema),
});

export function rightsFromPolicy(text: string): Right[] {
  const policy = policySchema.safeParse(parseJson(text));
  if (!policy.success) {
    throw new AwsError(
      'MalformedPolicyDocument',
      'This gateway reads policies that allow SQS actions on queues, each written out.',
      { cause: policy.error },
    );
  }
  return policy.data.Statement.flatMap((statement) =>
    statement.Resource.map((resource) => ({
      actions: statement.Action.filter((action) => roleActions.has(action)),
      resource,
    })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
