/** The rules of AWS Solutions, checked at each synthesis: a breach fails it. Where one is not kept, it says here why. */
import { type App, type CfnElement, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { nameIn, type Stage } from './stage.ts';

interface Exception {
  /** Where: the path of a construct within the stack; empty for all of it. */
  readonly at: string;
  readonly rule: string;
  readonly reason: string;
}

export function checkRules(app: App, stack: Stack, stage: Stage): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const { at, rule, reason } of exceptions(stack, stage)) {
    Validations.of(find(stack, at)).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  }
}

/** Wildcards are named one by one, so that another one is a breach. */
export function exceptions(stack: Stack, stage: Stage): readonly Exception[] {
  const bucket = stack.getLogicalId(find(stack, 'blobs/bucket').node.defaultChild as CfnElement);
  const mailboxes = `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${nameIn(stage, 'node-*')}`;
  const live = stack.getLogicalId(find(stack, 'live/api').node.defaultChild as CfnElement);
  const connections = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${live}>/live/`;
  return [
    {
      at: 'hook-hosts/python/function',
      rule: 'L1',
      reason:
        'Templates of studios and what they import are written for the Python of their applications, which are slow to change; docs/hooks.md promises 3.13.',
    },
    {
      at: '',
      rule: `IAM5[Resource::${mailboxes}]`,
      reason:
        'Mailboxes are made and removed while the farm runs, so they are known by the pattern of their names alone.',
    },
    {
      at: '',
      rule: `IAM5[Resource::<${bucket}.Arn>/logs/*]`,
      reason: 'Logs are named by job and attempt; the folder of logs is the narrowest name for all of them.',
    },
    {
      at: '',
      rule: `IAM5[Resource::<${bucket}.Arn>/backups/*]`,
      reason:
        'Bodies of the archive are named by job and run; their folder is the narrowest name for all of them.',
    },
    {
      at: '',
      rule: `IAM5[Resource::<${bucket}.Arn>/exports/*]`,
      reason: 'Each export has a name of its own; their folder is the narrowest name for all of them.',
    },
    {
      at: '',
      rule: `IAM5[Resource::<${bucket}.Arn>/imports/*]`,
      reason:
        'What an import puts aside is named by its run; their folder is the narrowest name for all of them.',
    },
    {
      at: '',
      rule: `IAM5[Resource::<${bucket}.Arn>/templates/*]`,
      reason:
        'Texts of templates are named by their hash; their folder is the narrowest name for all of them.',
    },
    {
      at: '',
      rule: `IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/${nameIn(stage, 'secrets')}/*]`,
      reason:
        'A secret has a name of its own each time that it is changed, so secrets are known by what their names begin with.',
    },
    {
      at: 'http/api',
      rule: 'APIG4',
      reason:
        'The first step of each function checks the token, which it keeps for 30 seconds: an authorizer would be a second function for each call, and would believe a revoked token for longer.',
    },
    {
      at: 'http/api',
      rule: 'APIG1',
      reason:
        'Calls are counted by metrics and those that fail by our fault are logged by the functions; a line for each call would cost an eighth of the calls themselves.',
    },
    {
      at: 'live/api',
      rule: 'APIG4',
      reason:
        'The function of $connect checks the token, and nothing answers to who has not connected; an authorizer would be a second function.',
    },
    {
      at: '',
      rule: `IAM5[Resource::${connections}POST/@connections/*]`,
      reason: 'Connections come and go; they are known by the path of all of them alone.',
    },
    {
      at: '',
      rule: `IAM5[Resource::${connections}DELETE/@connections/*]`,
      reason: 'Connections come and go; they are known by the path of all of them alone.',
    },
    {
      at: 'blobs/bucket',
      rule: 'S1',
      reason:
        'The bucket is private and reached by links of five minutes, each given out to one caller; a log of their use would grow faster than what it guards.',
    },
    {
      at: 'feed/feed-dead',
      rule: 'SQS3',
      reason: 'It holds the dead letters of the change feeds; the rule only knows those of queues.',
    },
  ];
}

const find = (stack: Stack, path: string): IConstruct =>
  path.split('/').reduce<IConstruct>((at, id) => (id === '' ? at : at.node.findChild(id)), stack);
