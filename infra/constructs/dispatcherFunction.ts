/** One function with its role and its log. It may write that log and nothing else until it is allowed more. */
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../access.ts';
import { functionSettings } from '../functions.ts';
import type { Right } from '../rights.ts';
import { nameIn, type Stage } from '../stage.ts';

export interface DispatcherFunctionProps {
  readonly stage: Stage;
  readonly name: FunctionName;
  /** Folder of all bundles. */
  readonly bundles: string;
}

export class DispatcherFunction extends Construct {
  readonly name: FunctionName;
  readonly role: Role;
  readonly lambda: LambdaFunction;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, { stage, name, bundles }: DispatcherFunctionProps) {
    super(scope, id);
    const { memoryMegabytes, timeoutSeconds } = functionSettings[name];
    const functionName = nameIn(stage, name);
    this.name = name;
    this.log = new LogGroup(this, 'log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logDays as RetentionDays,
      removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // The group's attribute ends in the `:*` that stands for its streams.
      resources: [this.log.logGroupArn],
    });
    this.lambda = new LambdaFunction(this, 'function', {
      functionName,
      role: this.role,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(bundles, name)),
      memorySize: memoryMegabytes,
      timeout: Duration.seconds(timeoutSeconds),
      logGroup: this.log,
      loggingFormat: LoggingFormat.JSON,
      // Start and end of each call are in the metrics, at no price.
      systemLogLevelV2: SystemLogLevel.WARN,
      // Each trace costs; who needs them turns them on in the console.
      tracing: Tracing.DISABLED,
      // A message of the dispatch queue is answered by one more of its kind at most, and the change feed does not count
      // as part of a loop: no chain of calls is longer than three. The platform may stop what exceeds sixteen.
      recursiveLoop: RecursiveLoop.TERMINATE,
    });
  }

  allow({ actions, resources }: Right): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  set(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) this.lambda.addEnvironment(name, value);
  }
}
