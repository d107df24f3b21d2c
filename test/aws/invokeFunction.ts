/** Functions as the template declares them: bundle, handler, environment, timeout. Instances start as they are needed. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Properties } from '../infra/synthesizeStage.ts';
import type { InstanceData, Invocation, Message } from './functionInstance.ts';

export interface FunctionHostOptions {
  readonly properties: Properties;
  /** Folder of the bundle. */
  readonly asset: string;
  /** Variables of the template, with what their references are worth. */
  readonly variables: Readonly<Record<string, string>>;
  readonly region: string;
  /** Address that stands for AWS. */
  readonly endpoint: string;
  readonly clock: SharedArrayBuffer;
  readonly onLine: (line: string) => void;
}

/** What Lambda answers with when a function threw, timed out or died. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

interface Instance {
  readonly id: string;
  readonly worker: Worker;
  /** Rejects with the reason when the instance has ended. */
  readonly ended: Promise<never>;
}

export class FunctionHost {
  readonly name: string;
  readonly #options: FunctionHostOptions;
  readonly #timeoutMilliseconds: number;
  readonly #idle: Instance[] = [];
  readonly #all = new Map<string, Instance>();
  #count = 0;

  constructor(options: FunctionHostOptions) {
    this.#options = options;
    this.name = String(options.properties['FunctionName']);
    this.#timeoutMilliseconds = Number(options.properties['Timeout']) * 1_000;
  }

  /** Calls the handler in an instance that does nothing else meanwhile, as Lambda does. */
  async invoke(event: unknown): Promise<unknown> {
    const instance = this.#takeIdle() ?? this.#start();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new FunctionError(`${this.name} timed out after ${this.#timeoutMilliseconds} ms`));
      this.kill(instance.id);
    }, this.#timeoutMilliseconds);
    try {
      return await Promise.race([this.#call(instance, event), instance.ended, late.promise]);
    } finally {
      clearTimeout(timer);
      if (this.#all.has(instance.id)) this.#idle.push(instance);
    }
  }

  /** Ends an instance in the middle of whatever it does; false if it is none of this function. */
  kill(id: string): boolean {
    const instance = this.#all.get(id);
    if (instance === undefined) return false;
    this.#all.delete(id);
    void instance.worker.terminate();
    return true;
  }

  async close(): Promise<void> {
    const instances = [...this.#all.values()];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(instances.map(({ worker }) => worker.terminate()));
  }

  #takeIdle(): Instance | undefined {
    for (;;) {
      const instance = this.#idle.pop();
      if (instance === undefined || this.#all.has(instance.id)) return instance;
    }
  }

  #call({ worker }: Instance, event: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = this.#count++;
    const listen = (message: Message): void => {
      if (!('id' in message) || message.id !== id) return;
      worker.off('message', listen);
      if ('error' in message) {
        const { errorType, errorMessage } = message.error;
        reject(new FunctionError(`${this.name}: ${errorType}: ${errorMessage}`));
      } else resolve(message.result);
    };
    worker.on('message', listen);
    const invocation: Invocation = {
      id,
      event: JSON.parse(JSON.stringify(event)),
      context: {
        awsRequestId: randomUUID(),
        functionName: this.name,
        invokedFunctionArn: `arn:aws:lambda:${this.#options.region}:000000000000:function:${this.name}`,
        memoryLimitInMB: String(this.#options.properties['MemorySize']),
        timeoutMilliseconds: this.#timeoutMilliseconds,
      },
    };
    worker.postMessage(invocation);
    return promise;
  }

  #start(): Instance {
    const { properties, asset, variables, region, endpoint, clock, onLine } = this.#options;
    const [module = '', exported = ''] = String(properties['Handler']).split('.');
    const id = randomUUID();
    const data: InstanceData = { file: join(asset, `${module}.mjs`), exported, clock };
    const worker = new Worker(new URL('functionInstance.ts', import.meta.url), {
      workerData: data,
      // What Lambda itself sets, and the address of the services.
      env: {
        ...variables,
        AWS_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: this.name,
        AWS_ACCESS_KEY_ID: this.name,
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: id,
        AWS_ENDPOINT_URL: endpoint,
      },
    });
    worker.setMaxListeners(0);
    worker.on('message', (message: Message) => {
      if ('line' in message) onLine(message.line);
    });
    const ended = new Promise<never>((_, reject) => {
      worker.once('error', (error) => {
        this.#all.delete(id);
        reject(new FunctionError(`${this.name} ended: ${error}`));
      });
      worker.once('exit', () => {
        this.#all.delete(id);
        reject(new FunctionError(`${this.name} ended in the middle of a call`));
      });
    });
    // Only those who wait for a call want to hear of it.
    ended.catch(() => {});
    const instance: Instance = { id, worker, ended };
    this.#all.set(id, instance);
    return instance;
  }
}
