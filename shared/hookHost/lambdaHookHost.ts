/** Where hooks run in AWS: a function for each language. The only importer of the client of Lambda. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { HookSource } from '../contract/hooks.ts';
import type {
  HookFailure,
  HookHost,
  HookOutcome,
  HookRequest,
  ScriptOutcome,
  ScriptRequest,
} from './hookHost.ts';

export interface LambdaHookHostOptions {
  readonly region: string;
  /** Names of the functions. */
  readonly functions: Readonly<Record<HookSource['language'], string>>;
}

export function lambdaHookHost({ region, functions }: LambdaHookHostOptions): HookHost {
  const client = new LambdaClient({ region });

  async function invoke(request: ScriptRequest, work: 'hook' | 'script'): Promise<unknown> {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: functions[request.language],
        Payload: JSON.stringify({ ...request, work }),
      }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    return FunctionError === undefined ? answer : failureOf(answer);
  }

  return {
    callHook: async (request: HookRequest) => (await invoke(request, 'hook')) as HookOutcome,
    runScript: async (request) => (await invoke(request, 'script')) as ScriptOutcome,
  };
}

/** A function that went down as a whole, which its own limits mostly prevent. */
function failureOf(error: unknown): HookFailure & { readonly output: string } {
  const { errorType = '', errorMessage = '' } = error as { errorType?: string; errorMessage?: string };
  const reason = /timed out/i.test(errorMessage)
    ? 'timed-out'
    : /OutOfMemory|signal: killed/.test(`${errorType} ${errorMessage}`)
      ? 'out-of-memory'
      : 'crashed';
  return { kind: 'failed', reason, message: `its function ended: ${errorMessage || errorType}`, output: '' };
}
