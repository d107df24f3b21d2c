/**
 * The functions that run what studios push, one for each language. They may write their log and nothing else, and know where
 * the dispatcher is; what they run sees not even that of their environment.
 */
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { apiVariable } from '../../shared/runtime/env.ts';
import type { Resources } from '../rights.ts';
import { nameIn, type Stage } from '../stage.ts';
import { addLoggedFunction } from './loggedFunction.ts';

export interface HookHostsProps {
  readonly stage: Stage;
  /** Folder of all bundles. */
  readonly bundles: string;
  /** Address of the dispatcher. */
  readonly apiUrl: string;
}

/** More hooks at a time wait or are tried again; the rest of the account's concurrency is the dispatcher's. */
const AT_ONCE = 20;
/** A hook in a process of its own beside the host's. */
const MEMORY_MEGABYTES = 512;
/** Above the longest deadline of a hook, so that it is the host that ends it. */
const TIMEOUT_SECONDS = 60;

export const hookHosts = {
  typescript: { name: 'hookNode', runtime: Runtime.NODEJS_24_X, handler: 'index.handler' },
  python: { name: 'hookPython', runtime: Runtime.PYTHON_3_13, handler: '_rollcall.hookFunction.handler' },
} as const;

export class HookHosts extends Construct {
  readonly resources: Resources['hookHosts'];

  constructor(scope: Construct, id: string, props: HookHostsProps) {
    super(scope, id);
    this.resources = {
      typescript: this.#host('typescript', props),
      python: this.#host('python', props),
    };
  }

  #host(language: keyof typeof hookHosts, { stage, bundles, apiUrl }: HookHostsProps) {
    const { name, runtime, handler } = hookHosts[language];
    const { lambda } = addLoggedFunction(new Construct(this, language), {
      stage,
      name,
      bundles,
      runtime,
      handler,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
      options: { reservedConcurrentExecutions: AT_ONCE, environment: { [apiVariable]: apiUrl } },
    });
    return { name: nameIn(stage, name), arn: lambda.functionArn };
  }
}
