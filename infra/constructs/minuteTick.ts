/** Calls a function once a minute. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { nameIn, type Stage } from '../stage.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface MinuteTickProps {
  readonly stage: Stage;
  readonly target: DispatcherFunction;
}

export class MinuteTick extends Construct {
  constructor(scope: Construct, id: string, { stage, target }: MinuteTickProps) {
    super(scope, id);
    // A tick that fails or cannot be delivered is not worth repeating: the next one does its work.
    target.lambda.configureAsyncInvoke({ retryAttempts: 0 });
    new Rule(this, 'rule', {
      ruleName: nameIn(stage, 'tick'),
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(target.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
