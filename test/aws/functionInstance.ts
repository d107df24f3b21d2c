/**
 * One instance of a function: the thread in which Lambda's runtime would load the bundle and call its handler. It has the
 * function's environment and nothing else of the test but its clock.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

export interface InstanceData {
  /** File and export of the handler. */
  readonly file: string;
  readonly exported: string;
  /** Milliseconds that the clock is ahead of the machine's, shared with the test that moves it. */
  readonly clock: SharedArrayBuffer;
}

export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly context: {
    readonly awsRequestId: string;
    readonly functionName: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly timeoutMilliseconds: number;
  };
}

export type Message =
  | { readonly line: string }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly errorType: string; readonly errorMessage: string } };

const port = parentPort;
if (port === null) throw new Error('an instance runs in a thread of its own');
const { file, exported, clock } = workerData as InstanceData;
const ahead = new Float64Array(clock);
const send = (message: Message): void => port.postMessage(message);

const MachineDate = Date;
globalThis.Date = class extends MachineDate {
  constructor(...given: [] | [number | string]) {
    if (given.length === 0) super(MachineDate.now() + (ahead[0] ?? 0));
    else super(...(given as [number]));
  }

  static override now(): number {
    return MachineDate.now() + (ahead[0] ?? 0);
  }
} as DateConstructor;

process.stdout.write = ((text: string): boolean => {
  for (const line of text.split('\n')) if (line !== '') send({ line });
  return true;
}) as typeof process.stdout.write;

const { [exported]: handler } = (await import(pathToFileURL(file).href)) as Record<
  string,
  (event: unknown, context: unknown) => Promise<unknown>
>;
if (handler === undefined) throw new Error(`${file} exports no ${exported}`);

port.on('message', async ({ id, event, context }: Invocation) => {
  const { timeoutMilliseconds, ...named } = context;
  const endsAt = MachineDate.now() + timeoutMilliseconds;
  try {
    const result = await handler(event, {
      ...named,
      getRemainingTimeInMillis: () => Math.max(0, endsAt - MachineDate.now()),
    });
    // As Lambda does: what is no JSON does not leave the function.
    send({ id, result: result === undefined ? null : JSON.parse(JSON.stringify(result)) });
  } catch (error) {
    const { name, message } = error as Error;
    send({ id, error: { errorType: name, errorMessage: message } });
  }
});
