/**
 * The entry in AWS. The only place where one function has others within: a call of the reference's REST API is a call of
 * the contract, and takes the same way (`docs/decisions/0010-rest-by-the-contract.md`).
 */
import type { HttpHandler } from '../../shared/http/groupHandler.ts';
import { onDemand } from '../../shared/model/onDemand.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaHookHostOnDemand } from '../../shared/runtime/lambdaHookHostOnDemand.ts';
import { lambdaQueuesOnDemand } from '../../shared/runtime/lambdaQueuesOnDemand.ts';
import { lambdaSecretsOnDemand } from '../../shared/runtime/lambdaSecretsOnDemand.ts';
import { templatesOnDemand } from '../../templates/onDemand.ts';
import { createHandler } from './index.ts';

const context = lambdaContext({
  templates: templatesOnDemand,
  queues: lambdaQueuesOnDemand(),
  blobs: lambdaBlobsOnDemand(),
  hookHost: lambdaHookHostOnDemand(),
  secrets: lambdaSecretsOnDemand(),
});

/** A group that is loaded with the first call of its area. */
function group(load: () => Promise<(context: Context) => HttpHandler>): HttpHandler {
  const loaded = onDemand(async () => (await load())(context));
  return async (...call) => (await loaded())(...call);
}

export const handler = createHandler(context, {
  jobs: group(async () => (await import('./areas/queue.ts')).createJobs),
  chunks: group(async () => (await import('./areas/queue.ts')).createChunks),
  nodes: group(async () => (await import('./areas/farm.ts')).createNodes),
  pools: group(async () => (await import('./areas/farm.ts')).createPools),
  templates: group(async () => (await import('./areas/farm.ts')).createTemplates),
  session: group(async () => (await import('./areas/queue.ts')).createSession),
});
