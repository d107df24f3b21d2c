/** What a stage would deploy, asked of its synthesised template. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { access, functionNames, type Verb } from '../../infra/access.ts';
import { hookHosts } from '../../infra/constructs/hookHosts.ts';
import { functionSettings } from '../../infra/functions.ts';
import { priceAtRest } from '../../infra/priceAtRest.ts';
import { queueNames } from '../../infra/queues.ts';
import { stageOf } from '../../infra/stage.ts';
import { operations } from '../../shared/contract/index.ts';
import { route } from '../../shared/contract/operation.ts';
import { restMethods, restPaths } from '../../shared/contract/rest.ts';
import { type TableName, tableDefinition, tables } from '../../shared/store/tables.ts';
import { type ReadTemplate, readTemplate } from './readTemplate.ts';
import type { Properties } from './synthesizeStage.ts';

const secrets = 'arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter/rollcall-try-secrets/*';
const mailboxes = 'arn:AWS::Partition:sqs:AWS::Region:AWS::AccountId:rollcall-try-node-*';

let template: ReadTemplate;
let production: ReadTemplate;

before(async () => {
  template = await readTemplate('try');
  production = await readTemplate('production');
});

/** Everything that a role may do, a line for each action and resource. */
const linesOf = (name: string): string[] =>
  template
    .rightsOf(`rollcall-try-${name}`)
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
    )
    .sort();

const apiIdOf = (api: 'http' | 'live'): string =>
  Object.keys(template.resources).find(
    (id) => template.resources[id]?.Type === 'AWS::ApiGatewayV2::Api' && id.startsWith(api),
  ) ?? '';

const bucketName = (): string =>
  Object.keys(template.resources).find((id) => template.resources[id]?.Type === 'AWS::S3::Bucket') ?? '';

describe('rights', () => {
  it('recount may read the queue table, put jobs there by the ids of the farm table, take from its queue and write its log', () => {
    assert.deepEqual(linesOf('recount'), [
      'dynamodb:BatchGetItem rollcall-try-queue',
      'dynamodb:BatchWriteItem rollcall-try-queue',
      'dynamodb:GetItem rollcall-try-farm',
      'dynamodb:GetItem rollcall-try-queue',
      'dynamodb:PutItem rollcall-try-queue',
      'dynamodb:Query rollcall-try-queue',
      'dynamodb:UpdateItem rollcall-try-farm',
      'logs:CreateLogStream /aws/lambda/rollcall-try-recount',
      'logs:PutLogEvents /aws/lambda/rollcall-try-recount',
      'sqs:DeleteMessage rollcall-try-recount',
      'sqs:GetQueueAttributes rollcall-try-recount',
      'sqs:ReceiveMessage rollcall-try-recount',
    ]);
  });

  it('nodeProtocol may make mailboxes, lend their role, put logs and read templates, and neither read logs nor remove anything', () => {
    const lines = linesOf('nodeProtocol').filter((line) => !/^(dynamodb|logs):/.test(line));

    assert.deepEqual(lines, [
      `s3:GetObject ${bucketName()}/templates/*`,
      `s3:ListBucket ${bucketName()}`,
      `s3:PutObject ${bucketName()}/logs/*`,
      `sqs:CreateQueue ${mailboxes}`,
      `sts:AssumeRole ${template.variablesOf('rollcall-try-nodeProtocol')['ROLLCALL_MAILBOX_ROLE_ARN']}`,
    ]);
  });

  it('the projector may read the feeds of queue and farm and put aside what fails', () => {
    const lines = linesOf('projector').filter((line) => /StreamArn|feed-dead/.test(line));

    assert.deepEqual(lines, [
      'dynamodb:DescribeStream rollcall-try-farm.StreamArn',
      'dynamodb:DescribeStream rollcall-try-queue.StreamArn',
      'dynamodb:GetRecords rollcall-try-farm.StreamArn',
      'dynamodb:GetRecords rollcall-try-queue.StreamArn',
      'dynamodb:GetShardIterator rollcall-try-farm.StreamArn',
      'dynamodb:GetShardIterator rollcall-try-queue.StreamArn',
      'dynamodb:ListStreams rollcall-try-farm.StreamArn',
      'dynamodb:ListStreams rollcall-try-queue.StreamArn',
      'sqs:SendMessage rollcall-try-feed-dead',
    ]);
  });

  it('the projector, and who puts what it could not, may put events, on the bus of the stage and no other', () => {
    const busId = Object.keys(template.resources).find(
      (id) => template.resources[id]?.Type === 'AWS::Events::EventBus',
    );
    const lines = functionNames.flatMap((name) =>
      linesOf(name)
        .filter((line) => line.startsWith('events:'))
        .map((line) => `${name} ${line}`),
    );

    assert.deepEqual(template.one('AWS::Events::EventBus')['Name'], 'rollcall-try-events');
    assert.deepEqual(lines, [`projector events:PutEvents ${busId}`, `events events:PutEvents ${busId}`]);
    assert.equal(template.variablesOf('rollcall-try-projector')['ROLLCALL_EVENT_BUS'], busId);
  });

  it('each function may do with tables what access.ts says, and no more', () => {
    const actions: Record<Verb, string> = {
      get: 'GetItem',
      batchGet: 'BatchGetItem',
      query: 'Query',
      put: 'PutItem',
      update: 'UpdateItem',
      delete: 'DeleteItem',
      batchWrite: 'BatchWriteItem',
      check: 'ConditionCheckItem',
    };

    for (const name of functionNames) {
      const expected = Object.entries(access[name].tables).flatMap(([table, rights]) =>
        rights.map((right) =>
          right.startsWith('query:')
            ? `dynamodb:Query rollcall-try-${table}/index/${right.slice(6)}`
            : `dynamodb:${actions[right as Verb]} rollcall-try-${table}`,
        ),
      );
      const given = linesOf(name).filter(
        (line) => line.startsWith('dynamodb:') && !line.endsWith('.StreamArn'),
      );
      assert.deepEqual(given, expected.sort(), name);
    }
  });

  it('no role has a wildcard but the names of mailboxes and secrets, the folders of blobs and live connections', () => {
    const wild = template
      .of('AWS::IAM::Policy')
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Properties[] }).Statement)
      .flatMap(({ Action, Resource }) => [
        ...[Action].flat().map(String),
        ...[Resource].flat().map(template.readable),
      ])
      .filter((text) => text.includes('*'));

    const connections = `arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:${apiIdOf('live')}/live`;
    assert.deepEqual(
      [...new Set(wild)].sort(),
      [
        mailboxes,
        secrets,
        `${bucketName()}/backups/*`,
        `${bucketName()}/exports/*`,
        `${bucketName()}/imports/*`,
        `${bucketName()}/logs/*`,
        `${bucketName()}/templates/*`,
        `${connections}/POST/@connections/*`,
        `${connections}/DELETE/@connections/*`,
      ].sort(),
    );
  });

  it('the role of mailboxes may receive and delete, and is lent by nodeProtocol alone', () => {
    const id = template.variablesOf('rollcall-try-nodeProtocol')['ROLLCALL_MAILBOX_ROLE_ARN'] ?? '';
    const trust = template.resources[id]?.Properties['AssumeRolePolicyDocument'] as {
      Statement: { Principal: { AWS: unknown } }[];
    };
    const statements = template
      .of('AWS::IAM::Policy')
      .filter(({ Roles }) => (Roles as unknown[]).map(template.readable).includes(id))
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Properties[] }).Statement);
    const lender = template.one('AWS::Lambda::Function', 'rollcall-try-nodeProtocol');

    assert.deepEqual(
      trust.Statement.map(({ Principal }) => template.readable(Principal.AWS)),
      [template.readable(lender['Role'])],
    );
    assert.deepEqual(
      statements.map(({ Action, Resource }) => [Action, template.readable(Resource)]),
      [[['sqs:ReceiveMessage', 'sqs:DeleteMessage'], mailboxes]],
    );
  });

  it('every breach of the rules of AWS Solutions is explained', () => {
    assert.deepEqual(template.report.violations, []);
    assert.deepEqual(
      [...new Set(template.report.suppressedViolations.map(({ ruleName }) => ruleName.split('[')[0]))].sort(),
      [
        'AwsSolutions-APIG1',
        'AwsSolutions-APIG4',
        'AwsSolutions-IAM5',
        'AwsSolutions-L1',
        'AwsSolutions-S1',
        'AwsSolutions-SQS3',
      ],
    );
    assert.deepEqual(production.report.violations, []);
  });
});

describe('variables', () => {
  it('a function has the names of what it may touch, and no others', () => {
    assert.deepEqual(template.variablesOf('rollcall-try-recount'), {
      ROLLCALL_QUEUE_TABLE: 'rollcall-try-queue',
      ROLLCALL_FARM_TABLE: 'rollcall-try-farm',
    });
    assert.deepEqual(template.variablesOf('rollcall-try-nodes'), {
      ROLLCALL_QUEUE_TABLE: 'rollcall-try-queue',
      ROLLCALL_FARM_TABLE: 'rollcall-try-farm',
      ROLLCALL_HISTORY_TABLE: 'rollcall-try-history',
      ROLLCALL_DISPATCH_QUEUE_URL: 'URL of rollcall-try-dispatch',
      ROLLCALL_MAILBOX_PREFIX: 'rollcall-try-node-',
      ROLLCALL_QUEUE_URL_BASE: 'https://sqs.AWS::Region.AWS::URLSuffix/AWS::AccountId/',
    });
  });

  it('mailboxes are named by the pattern that the rights are for', () => {
    const { ROLLCALL_QUEUE_ARN_BASE: base, ROLLCALL_MAILBOX_PREFIX: prefix } =
      template.variablesOf('rollcall-try-nodeProtocol');

    assert.equal(`${base}${prefix}*`, mailboxes);
  });
});

describe('functions', () => {
  it('run on arm64 with Node.js 24, and hooks in Python with that, and log as JSON for as long as the stage says', () => {
    const functions = template.of('AWS::Lambda::Function');
    const kept = new Map(
      template
        .of('AWS::Logs::LogGroup')
        .map(({ LogGroupName, RetentionInDays }) => [LogGroupName, RetentionInDays]),
    );

    assert.equal(functions.length, functionNames.length + Object.keys(hookHosts).length);
    for (const { FunctionName, Architectures, Runtime, LoggingConfig, Timeout } of functions) {
      const { LogFormat, LogGroup } = LoggingConfig as Properties;
      assert.deepEqual(
        [Architectures, Runtime, LogFormat],
        [['arm64'], FunctionName === 'rollcall-try-hookPython' ? 'python3.13' : 'nodejs24.x', 'JSON'],
        String(FunctionName),
      );
      assert.equal(kept.get(template.readable(LogGroup)), 14, String(FunctionName));
      assert.ok(Number(Timeout) > 0);
    }
    for (const { RetentionInDays } of production.of('AWS::Logs::LogGroup')) assert.equal(RetentionInDays, 90);
  });

  it('behind the HTTP API end before it gives up at 30 s', () => {
    for (const name of new Set(operations.map(({ group }) => group))) {
      assert.ok(functionSettings[name as keyof typeof functionSettings].timeoutSeconds <= 25, name);
    }
  });

  it('read less than 400 KB at their start', () => {
    assert.deepEqual(Object.keys(template.startBytes).sort(), [...functionNames].sort());
    for (const [name, bytes] of Object.entries(template.startBytes)) {
      assert.ok(bytes > 100_000 && bytes < 400_000, `${name} has ${bytes} bytes`);
    }
  });
});

describe('the HTTP API', () => {
  it('has the routes of the contract and of the REST API, and no others', () => {
    const routes = routesOf('http').map(({ RouteKey }) => String(RouteKey));
    const expected = [
      ...operations.map((operation) => `${route(operation).method} ${route(operation).path}`),
      ...restPaths.flatMap((path) => restMethods.map((method) => `${method} ${path}`)),
    ];

    assert.ok(routes.includes('POST /v1/jobs/jobSubmit'));
    assert.ok(routes.includes('GET /v1/jobs/jobGetList'));
    assert.deepEqual(routes.sort(), expected.sort());
  });

  it('leads each route to the function of its group, in payload format 2.0', () => {
    for (const { RouteKey, Target } of routesOf('http')) {
      const [, api, segment] = String(RouteKey).split('/');
      const group = api === 'api' ? 'rest' : segment;
      const [, id = ''] = template.readable(Target).split('/');
      const integration = template.resources[id]?.Properties;
      assert.equal(template.readable(integration?.['IntegrationUri']), `rollcall-try-${group}`);
      assert.equal(integration?.['PayloadFormatVersion'], '2.0');
    }
  });

  it('bounds what a flood of calls can cost', () => {
    assert.deepEqual(stageOfApi('http')['DefaultRouteSettings'], {
      ThrottlingRateLimit: 1_000,
      ThrottlingBurstLimit: 2_000,
    });
  });
});

/** Of the HTTP API or the WebSocket API: ids of resources begin with the path of their construct. */
const ofApi = (type: string, api: 'http' | 'live'): readonly Properties[] =>
  template.of(type).filter(({ ApiId }) => template.readable(ApiId).startsWith(api));
const routesOf = (api: 'http' | 'live') => ofApi('AWS::ApiGatewayV2::Route', api);
const stageOfApi = (api: 'http' | 'live'): Properties => ofApi('AWS::ApiGatewayV2::Stage', api)[0] ?? {};

describe('the WebSocket API', () => {
  it('has a route for each thing that a client says, each to the function console', () => {
    const routes = routesOf('live');

    assert.deepEqual(routes.map(({ RouteKey }) => RouteKey).sort(), [
      '$connect',
      '$default',
      '$disconnect',
      'ping',
      'subscribe',
      'unsubscribe',
    ]);
    for (const { Target } of routes) {
      const [, id = ''] = template.readable(Target).split('/');
      assert.match(
        template.readable(template.resources[id]?.Properties['IntegrationUri']),
        /functions\/rollcall-try-console\/invocations$/,
      );
    }
  });

  it('answers what is said on the way that it came', () => {
    const answered = ofApi('AWS::ApiGatewayV2::RouteResponse', 'live').map(({ RouteId }) => {
      const id = template.readable(RouteId);
      return template.resources[id]?.Properties['RouteKey'];
    });

    assert.deepEqual(answered.sort(), ['$default', 'ping', 'subscribe', 'unsubscribe']);
  });

  it('logs who connects and in no line a header or a query, where tokens could be', () => {
    const { AccessLogSettings, DefaultRouteSettings, StageName } = stageOfApi('live');
    const { Format, DestinationArn } = AccessLogSettings as { Format: string; DestinationArn: unknown };

    assert.equal(StageName, 'live');
    assert.equal(template.readable(DestinationArn), '/aws/apigateway/rollcall-try-live');
    assert.deepEqual(Object.values(JSON.parse(Format) as object), [
      '$context.requestId',
      '$context.requestTime',
      '$context.eventType',
      '$context.routeKey',
      '$context.connectionId',
      '$context.identity.sourceIp',
      '$context.status',
      '$context.error.message',
      '$context.integrationErrorMessage',
    ]);
    assert.deepEqual(DefaultRouteSettings, {
      DataTraceEnabled: false,
      LoggingLevel: 'OFF',
      ThrottlingBurstLimit: 500,
      ThrottlingRateLimit: 200,
    });
  });

  it('lets consolePush alone send and disconnect', () => {
    const may = functionNames.filter((name) =>
      linesOf(name).some((line) => line.startsWith('execute-api:ManageConnections')),
    );
    const lines = linesOf('consolePush').filter((line) => line.startsWith('execute-api:'));

    assert.deepEqual(may, ['consolePush']);
    assert.deepEqual(
      lines.map((line) => line.replace(/^.*\/live\//, '')),
      ['DELETE/@connections/*', 'POST/@connections/*'],
    );
  });
});

describe('hosts of hooks', () => {
  it('may write their logs and nothing else, are bounded, and know no more than the address of the API', () => {
    for (const { name } of Object.values(hookHosts)) {
      const logs = `/aws/lambda/rollcall-try-${name}`;
      const [host] = template
        .of('AWS::Lambda::Function')
        .filter(({ FunctionName }) => FunctionName === `rollcall-try-${name}`);

      assert.deepEqual(linesOf(name), [`logs:CreateLogStream ${logs}`, `logs:PutLogEvents ${logs}`]);
      assert.deepEqual(Object.keys(template.variablesOf(`rollcall-try-${name}`)), ['ROLLCALL_API_URL']);
      assert.equal(host?.['ReservedConcurrentExecutions'], 20);
    }
  });

  it('are invoked by the functions that ask and tell hooks or run scripts alone', () => {
    const may = functionNames.filter((name) =>
      linesOf(name).some((line) => line.startsWith('lambda:InvokeFunction')),
    );

    assert.deepEqual(may, ['jobs', 'system', 'rest', 'hooks']);
    assert.deepEqual(
      linesOf('hooks').filter((line) => line.startsWith('lambda:')),
      ['lambda:InvokeFunction rollcall-try-hookNode', 'lambda:InvokeFunction rollcall-try-hookPython'],
    );
  });
});

describe('tables', () => {
  const tableOf = (name: string): Properties => template.one('AWS::DynamoDB::Table', `rollcall-try-${name}`);

  it('are those of the definitions, with their indexes, lifetimes and feeds', () => {
    assert.equal(template.of('AWS::DynamoDB::Table').length, 4);
    for (const name of Object.keys(tables) as TableName[]) {
      const { indexes, timeToLive, feed } = tableDefinition(name);
      const table = tableOf(name);
      const found = (table['GlobalSecondaryIndexes'] ?? []) as Properties[];
      assert.deepEqual(
        found.map(({ IndexName, KeySchema, Projection }) => [
          IndexName,
          (KeySchema as Properties[]).map(({ AttributeName }) => AttributeName),
          (Projection as Properties)['NonKeyAttributes'] ?? [],
        ]),
        Object.entries(indexes).map(([index, { partition, sort, projection }]) => [
          index,
          [partition, sort],
          projection,
        ]),
        name,
      );
      assert.equal((table['TimeToLiveSpecification'] as Properties)?.['AttributeName'], timeToLive, name);
      assert.equal(
        (table['StreamSpecification'] as Properties)?.['StreamViewType'],
        feed ? 'NEW_AND_OLD_IMAGES' : undefined,
        name,
      );
    }
  });

  it('project an index without attributes of its own by keys only', () => {
    const [ready, requeued] = tableOf('queue')['GlobalSecondaryIndexes'] as Properties[];

    assert.deepEqual(ready?.['Projection'], { ProjectionType: 'INCLUDE', NonKeyAttributes: ['jobId'] });
    assert.deepEqual(requeued?.['Projection'], { ProjectionType: 'KEYS_ONLY' });
  });

  it('are paid by use, can be restored to any second, and are encrypted by a key that costs nothing', () => {
    for (const table of template.of('AWS::DynamoDB::Table')) {
      assert.equal(table['BillingMode'], 'PAY_PER_REQUEST');
      assert.deepEqual(table['PointInTimeRecoverySpecification'], { PointInTimeRecoveryEnabled: true });
      // DynamoDB encrypts always; what is off is a key in the account.
      assert.deepEqual(table['SSESpecification'], { SSEEnabled: false });
    }
  });
});

describe('what holds data', () => {
  it('outlives the stack in production and goes with it in any other stage', () => {
    const policies = ({ resources }: ReadTemplate): Record<string, string | undefined> =>
      Object.fromEntries(
        Object.values(resources)
          .filter(({ Type }) => /DynamoDB::Table|S3::Bucket$|LogGroup/.test(Type))
          .map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy]),
      );

    assert.deepEqual(policies(production), {
      'AWS::Logs::LogGroup': 'Retain',
      'AWS::DynamoDB::Table': 'Retain',
      'AWS::S3::Bucket': 'Retain',
    });
    assert.deepEqual(policies(template), {
      'AWS::Logs::LogGroup': 'Delete',
      'AWS::DynamoDB::Table': 'Delete',
      'AWS::S3::Bucket': 'Delete',
    });
    for (const table of production.of('AWS::DynamoDB::Table')) {
      assert.equal(table['DeletionProtectionEnabled'], true);
    }
  });

  it('is encrypted, and the bucket is private and forgets logs with the attempts, exports after a month, uploads after a week', () => {
    const bucket = template.one('AWS::S3::Bucket');
    const rules = (bucket['LifecycleConfiguration'] as { Rules: Properties[] }).Rules;

    assert.deepEqual(bucket['PublicAccessBlockConfiguration'], {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    assert.deepEqual(bucket['BucketEncryption'], {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    });
    assert.deepEqual(
      rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]),
      [
        ['logs/', 90],
        ['exports/', 30],
        ['imports/', 7],
        [undefined, undefined],
      ],
    );
    for (const queue of template.of('AWS::SQS::Queue')) assert.equal(queue['SqsManagedSseEnabled'], true);
  });
});

describe('queues and feeds', () => {
  const sourcesOf = (pattern: RegExp): readonly Properties[] =>
    template
      .of('AWS::Lambda::EventSourceMapping')
      .filter((source) => pattern.test(template.readable(source['EventSourceArn'])));

  /** The hook queue is the one that is FIFO. */
  const suffixOf = (name: string): string => (name === 'hooks' ? '.fifo' : '');

  it('each queue has dead letters, and shows a message again only when its function has ended', () => {
    for (const name of queueNames) {
      const queue = template.one('AWS::SQS::Queue', `rollcall-try-${name}${suffixOf(name)}`);
      const { deadLetterTargetArn, maxReceiveCount } = queue['RedrivePolicy'] as Properties;
      assert.equal(template.readable(deadLetterTargetArn), `rollcall-try-${name}-dead${suffixOf(name)}`);
      assert.equal(queue['FifoQueue'] ?? false, name === 'hooks');
      assert.equal(maxReceiveCount, 5);
      assert.ok(Number(queue['VisibilityTimeout']) >= functionSettings[name].timeoutSeconds, name);
    }
  });

  it('a queue calls the function of its name, which answers for each message alone', () => {
    for (const name of queueNames) {
      const sources = sourcesOf(new RegExp(`^rollcall-try-${name}(\\.fifo)?$`));
      assert.equal(sources.length, 1, name);
      for (const source of sources) {
        assert.equal(template.readable(source['FunctionName']), `rollcall-try-${name}`);
        assert.deepEqual(source['FunctionResponseTypes'], ['ReportBatchItemFailures']);
        assert.ok(Number((source['ScalingConfig'] as Properties)['MaximumConcurrency']) >= 2);
      }
    }
  });

  it('the feeds call their two readers in order, five times and then in halves, and put aside what fails', () => {
    const feeds = sourcesOf(/\.StreamArn$/);

    assert.deepEqual(
      feeds
        .map((source) =>
          [
            template.readable(source['FunctionName']),
            template.readable(source['EventSourceArn']),
            source['BatchSize'],
            source['MaximumBatchingWindowInSeconds'] ?? 0,
          ].join(' '),
        )
        .sort(),
      [
        'rollcall-try-consolePush rollcall-try-farm.StreamArn 5000 1',
        'rollcall-try-consolePush rollcall-try-queue.StreamArn 5000 1',
        'rollcall-try-projector rollcall-try-farm.StreamArn 100 0',
        'rollcall-try-projector rollcall-try-queue.StreamArn 100 0',
      ],
    );
    for (const source of feeds) {
      assert.equal(source['ParallelizationFactor'], 1);
      assert.equal(source['BisectBatchOnFunctionError'], true);
      assert.equal(source['MaximumRetryAttempts'], 5);
      assert.equal(source['StartingPosition'], 'TRIM_HORIZON');
      assert.deepEqual(source['FunctionResponseTypes'], ['ReportBatchItemFailures']);
      const { OnFailure } = source['DestinationConfig'] as { OnFailure: { Destination: unknown } };
      assert.equal(template.readable(OnFailure.Destination), 'rollcall-try-feed-dead');
    }
  });

  it('the feeds leave out deletions by time to live alone', () => {
    for (const source of sourcesOf(/\.StreamArn$/)) {
      const { Filters } = source['FilterCriteria'] as { Filters: { Pattern: string }[] };
      assert.deepEqual(
        Filters.map(({ Pattern }) => JSON.parse(Pattern)),
        [
          { eventName: ['INSERT', 'MODIFY'] },
          { eventName: ['REMOVE'], userIdentity: { principalId: [{ exists: false }] } },
        ],
      );
    }
  });

  it('the tick comes each minute and is not repeated', () => {
    const rule = template.one('AWS::Events::Rule');
    const [target] = rule['Targets'] as Properties[];

    assert.equal(rule['ScheduleExpression'], 'rate(1 minute)');
    assert.equal(template.readable(target?.['Arn']), 'rollcall-try-idling');
    assert.deepEqual(
      template.of('AWS::Lambda::EventInvokeConfig').map((config) => config['MaximumRetryAttempts']),
      [0],
    );
  });
});

describe('alarms', () => {
  const ids = (): string[] =>
    template
      .of('AWS::CloudWatch::Alarm')
      .map(({ AlarmName }) => String(AlarmName).replace('rollcall-try-', ''));

  it('each says what it means and where in the runbook to read on', () => {
    for (const { AlarmName, AlarmDescription, AlarmActions } of template.of('AWS::CloudWatch::Alarm')) {
      const id = String(AlarmName).replace('rollcall-try-', '');
      assert.match(
        String(AlarmDescription),
        new RegExp(`^[A-Z].{30,}\\. What to do: docs/runbook\\.md#${id}$`),
      );
      assert.equal((AlarmActions as unknown[]).length, 1);
    }
  });

  it('each has its section in the runbook, and each section its alarm', () => {
    const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
    const sections = runbook.split(/^## /m).slice(1);

    assert.deepEqual(sections.map((section) => section.split('\n')[0]).sort(), ids().sort());
    for (const section of sections) {
      for (const part of ['**Description.**', '**Investigation.**', '**Resolution.**']) {
        assert.ok(section.includes(part), `${section.split('\n')[0]} lacks ${part}`);
      }
    }
  });

  it('watch every queue of dead letters', () => {
    const dead = template
      .of('AWS::SQS::Queue')
      .map(({ QueueName }) => String(QueueName).split('.')[0] ?? '')
      .filter((name) => name.endsWith('-dead'));
    const alarm = template.one('AWS::CloudWatch::Alarm', 'rollcall-try-dead-letters');
    const watched = (
      alarm['Metrics'] as { MetricStat?: { Metric: { Dimensions: { Value: unknown }[] } } }[]
    ).flatMap(
      ({ MetricStat }) =>
        MetricStat?.Metric.Dimensions.map(({ Value }) => template.readable(Value).split('.')[0]) ?? [],
    );

    assert.deepEqual(watched.sort(), dead.sort());
    assert.equal(dead.length, queueNames.length + 1);
  });

  it('tell the address that was given', () => {
    const subscription = template.one('AWS::SNS::Subscription');

    assert.equal(subscription['Protocol'], 'email');
    assert.equal(subscription['Endpoint'], 'farm@example.com');
  });

  it('and pollers and ticks cost less than 5 USD a month', () => {
    const metrics = template
      .of('AWS::CloudWatch::Alarm')
      .flatMap(({ Metrics }) => (Metrics as Properties[] | undefined) ?? [{ MetricStat: {} }])
      .filter(({ MetricStat }) => MetricStat !== undefined);
    const posts = priceAtRest({
      alarmMetrics: metrics.length,
      polledQueues: queueNames.length,
      tickMegabytes: functionSettings.idling.memoryMegabytes,
    });

    assert.ok(
      metrics.length <= 11,
      `${metrics.length} metrics: ten are free, the eleventh is a tenth of a dollar`,
    );
    assert.ok(posts.reduce((sum, { dollars }) => sum + dollars, 0) < 5);
  });
});

describe('stageOf', () => {
  it('refuses a name that would break the limits of other names', () => {
    assert.throws(() => stageOf('Studio_A'), /it is "Studio_A": give -c stage=NAME/);
    assert.throws(() => stageOf('a'.repeat(17)), /1 to 16 small letters/);
  });
});
