/** What AWS Lambda gives a handler beside its event. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { Clock } from '../../shared/model/clock.ts';
import { localAccount, localRegion } from './queueNames.ts';

/** Functions behind the HTTP API end before it gives up on them, at 30 s. */
const timeoutMs = 25_000;

/** A stand-in for the context of one invocation. */
export function lambdaContext(
  functionName: string,
  clock: Clock,
  requestId = randomUUID() as string,
): Context {
  const endsAt = clock.now() + timeoutMs;
  const never = () => {
    throw new Error('handlers answer with a promise');
  };
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${localRegion}:${localAccount}:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - clock.now()),
    done: never,
    fail: never,
    succeed: never,
  };
}
