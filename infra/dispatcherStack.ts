/** Everything of one stage: composes constructs and wires them; defines no resource itself. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { contract, type GroupName } from '../shared/contract/index.ts';
import type { QueueName } from '../shared/runtime/env.ts';
import type { TableName } from '../shared/store/tables.ts';
import { access, type FunctionName, functionNames } from './access.ts';
import { Alarms } from './constructs/alarms.ts';
import { Blobs } from './constructs/blobs.ts';
import { ChangeFeed } from './constructs/changeFeed.ts';
import { DispatcherFunction } from './constructs/dispatcherFunction.ts';
import { FarmEvents } from './constructs/farmEvents.ts';
import { HookHosts } from './constructs/hookHosts.ts';
import { HttpApi } from './constructs/httpApi.ts';
import { LiveApi } from './constructs/liveApi.ts';
import { Mailboxes } from './constructs/mailboxes.ts';
import { MinuteTick } from './constructs/minuteTick.ts';
import { Tables } from './constructs/tables.ts';
import { WorkQueue } from './constructs/workQueue.ts';
import { queueNames } from './queues.ts';
import { grantOf, type Resources } from './rights.ts';
import { nameIn, type Stage } from './stage.ts';

export interface DispatcherStackProps extends StackProps {
  readonly stage: Stage;
  /** Folder of all bundles, as `bundleFunctions` writes it. */
  readonly bundles: string;
  /** Who is told of alarms. @default nobody; the alarms show in the console */
  readonly alarmEmail?: string | undefined;
}

export class DispatcherStack extends Stack {
  constructor(scope: Construct, { stage, bundles, alarmEmail, ...props }: DispatcherStackProps) {
    super(scope, nameIn(stage, 'dispatcher'), { ...props, terminationProtection: stage.isKept });
    const functions = each(
      functionNames,
      (name: FunctionName) => new DispatcherFunction(this, name, { stage, name, bundles }),
    );
    const { all: tables } = new Tables(this, 'tables', { stage });
    const { bucket } = new Blobs(this, 'blobs', { stage });
    const queues = each(
      queueNames,
      (name: QueueName) => new WorkQueue(this, `queue-${name}`, { stage, name, worker: functions[name] }),
    );
    const feed = new ChangeFeed(this, 'feed', {
      stage,
      tables,
      projector: functions.projector,
      consolePush: functions.consolePush,
    });
    const mailboxes = new Mailboxes(this, 'mailboxes', {
      stage,
      lenders: Object.values(functions).filter(({ name }) => access[name].mailboxes?.includes('credentials')),
    });
    const live = new LiveApi(this, 'live', { stage, target: functions.console });
    const { api } = new HttpApi(this, 'http', {
      stage,
      groups: each(Object.keys(contract) as GroupName[], (group: GroupName) => functions[group]),
      rest: functions.rest,
    });
    const hookHosts = new HookHosts(this, 'hook-hosts', { stage, bundles, apiUrl: api.apiEndpoint });
    const { bus } = new FarmEvents(this, 'bus', { stage });
    const resources: Resources = {
      tables: each(Object.keys(tables) as TableName[], (name: TableName) => ({
        name: tables[name].tableName,
        arn: tables[name].tableArn,
      })),
      queues: each(queueNames, (name: QueueName) => ({
        url: queues[name].queue.queueUrl,
        arn: queues[name].queue.queueArn,
      })),
      mailboxes: mailboxes.resources,
      live: live.resources,
      blobs: bucket,
      eventBus: { name: bus.eventBusName, arn: bus.eventBusArn },
      hookHosts: hookHosts.resources,
      secrets: secretsIn(this, stage),
    };
    for (const part of Object.values(functions)) {
      const { rights, variables } = grantOf(access[part.name], resources);
      for (const right of rights) part.allow(right);
      part.set(variables);
    }
    new MinuteTick(this, 'tick', { stage, target: functions.idling });
    new Alarms(this, 'alarms', {
      stage,
      functions: Object.values(functions),
      projector: functions.projector,
      idling: functions.idling,
      dead: [feed.dead, ...Object.values(queues).map(({ dead }) => dead)],
      api,
      email: alarmEmail,
    });
    new CfnOutput(this, 'Url', {
      value: api.apiEndpoint,
      description: 'What nodes and people are given as --url',
    });
    new CfnOutput(this, 'LiveUrl', {
      value: live.resources.url,
      description: 'Where Consoles connect; programs ask the dispatcher for it',
    });
    new CfnOutput(this, 'EventBus', {
      value: bus.eventBusName,
      description: 'Bus on which jobs and nodes are told of: docs/events.md',
    });
    new CfnOutput(this, 'FirstStart', {
      value: functions.firstStart.lambda.functionName,
      description: 'Function that makes user admin and the join token: docs/deploy.md',
    });
  }
}

/** Secrets are parameters that functions make while the farm runs, known here by what their names begin with. */
function secretsIn({ region, account, partition }: Stack, stage: Stage): Resources['secrets'] {
  const prefix = `/${nameIn(stage, 'secrets')}/`;
  return { prefix, arnPrefix: `arn:${partition}:ssm:${region}:${account}:parameter${prefix}` };
}

const each = <Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> => Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
