/**
 * Node mailboxes: queues that functions make and remove while the farm runs, known here by the pattern of their names
 * alone, and the role that a node gets narrowed to its own (`shared/queues/nodeMailbox.ts`).
 */
import { Stack } from 'aws-cdk-lib';
import { ArnPrincipal, CompositePrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Resources } from '../rights.ts';
import { nameIn, type Stage } from '../stage.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface MailboxesProps {
  readonly stage: Stage;
  /** Functions that hand out credentials. */
  readonly lenders: readonly DispatcherFunction[];
}

export class Mailboxes extends Construct {
  readonly resources: Resources['mailboxes'];
  readonly role: Role;

  constructor(scope: Construct, id: string, { stage, lenders }: MailboxesProps) {
    super(scope, id);
    const { region, account, partition, urlSuffix } = Stack.of(this);
    const namePrefix = nameIn(stage, 'node-');
    const arnBase = `arn:${partition}:sqs:${region}:${account}:`;
    this.role = new Role(this, 'role', {
      assumedBy: new CompositePrincipal(...lenders.map(({ role }) => new ArnPrincipal(role.roleArn))),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        resources: [`${arnBase}${namePrefix}*`],
      }),
    );
    this.resources = {
      namePrefix,
      arnBase,
      urlBase: `https://sqs.${region}.${urlSuffix}/${account}/`,
      roleArn: this.role.roleArn,
    };
  }
}
