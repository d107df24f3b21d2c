/** The hosts of hooks in AWS. Apart from the context, so that other functions do not carry the client of Lambda. */
import type { HookHost } from '../hookHost/hookHost.ts';
import { lambdaHookHost as connect } from '../hookHost/lambdaHookHost.ts';
import { hookHostVariables, lambdaVariables, required } from './env.ts';

export const lambdaHookHost = (): HookHost =>
  connect({
    region: required(lambdaVariables.region),
    functions: {
      python: required(hookHostVariables.python),
      typescript: required(hookHostVariables.typescript),
    },
  });
