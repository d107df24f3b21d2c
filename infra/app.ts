/**
 * The CDK app: one stack a stage. `-c stage=NAME` chooses the stage (default `try`), `-c alarmEmail=ADDRESS` who is told
 * of alarms.
 */
import { App } from 'aws-cdk-lib';
import { stageOf } from './stage.ts';
import { synthesize } from './synthesize.ts';

const app = new App();
await synthesize(app, {
  stage: stageOf(app.node.tryGetContext('stage') ?? 'try'),
  alarmEmail: app.node.tryGetContext('alarmEmail'),
});
