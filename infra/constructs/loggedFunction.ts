/** A function with its role and its log. It may write that log and nothing else until it is allowed more. */
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  type FunctionOptions,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  type Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { nameIn, type Stage } from '../stage.ts';

export interface LoggedFunctionProps {
  readonly stage: Stage;
  readonly name: string;
  /** Folder of all bundles. */
  readonly bundles: string;
  readonly runtime: Runtime;
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly options?: Pick<FunctionOptions, 'reservedConcurrentExecutions' | 'environment'>;
}

export interface LoggedFunction {
  readonly role: Role;
  readonly lambda: LambdaFunction;
  readonly log: LogGroup;
}

export function addLoggedFunction(scope: Construct, props: LoggedFunctionProps): LoggedFunction {
  const { stage, name, bundles, runtime, handler, memoryMegabytes, timeoutSeconds, options } = props;
  const functionName = nameIn(stage, name);
  const log = new LogGroup(scope, 'log', {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logDays as RetentionDays,
    removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // The group's attribute ends in the `:*` that stands for its streams.
      resources: [log.logGroupArn],
    }),
  );
  const lambda = new LambdaFunction(scope, 'function', {
    ...options,
    functionName,
    role,
    runtime,
    architecture: Architecture.ARM_64,
    handler,
    code: Code.fromAsset(join(bundles, name)),
    memorySize: memoryMegabytes,
    timeout: Duration.seconds(timeoutSeconds),
    logGroup: log,
    loggingFormat: LoggingFormat.JSON,
    // Start and end of each call are in the metrics, at no price.
    systemLogLevelV2: SystemLogLevel.WARN,
    // Each trace costs; who needs them turns them on in the console.
    tracing: Tracing.DISABLED,
    // A message of the dispatch queue is answered by one more of its kind at most, the change feed does not count as part of
    // a loop, and how deep hooks lead is bounded: no chain of calls is long. The platform may stop what exceeds sixteen.
    recursiveLoop: RecursiveLoop.TERMINATE,
  });
  return { role, lambda, log };
}
