/** Push in AWS. Apart from the context, so that it is loaded with the first message: mostly nobody is connected. */
import { type ConsolePush, connectPush, consolePush } from '../push/consolePush.ts';
import { lambdaVariables, liveVariables, required } from './env.ts';

export const lambdaPush = (): ConsolePush =>
  consolePush(
    connectPush({ region: required(lambdaVariables.region), endpoint: required(liveVariables.pushEndpoint) }),
  );
