/** One function of the dispatcher, with what `functions.ts` says of it. */
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { type Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../access.ts';
import { functionSettings } from '../functions.ts';
import type { Right } from '../rights.ts';
import type { Stage } from '../stage.ts';
import { addLoggedFunction } from './loggedFunction.ts';

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

  constructor(scope: Construct, id: string, props: DispatcherFunctionProps) {
    super(scope, id);
    this.name = props.name;
    const { memoryMegabytes, timeoutSeconds } = functionSettings[props.name];
    const { role, lambda, log } = addLoggedFunction(this, {
      ...props,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      memoryMegabytes,
      timeoutSeconds,
    });
    this.role = role;
    this.lambda = lambda;
    this.log = log;
  }

  allow({ actions, resources }: Right): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  set(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) this.lambda.addEnvironment(name, value);
  }
}
