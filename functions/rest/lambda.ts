/**
 * The entry in AWS. The only place where one function has others within: a call of the reference's REST API is a call of
 * the contract, and takes the same way (`docs/decisions/0010-rest-by-the-contract.md`).
 */
import type { HttpHandler } from '../../shared/http/groupHandler.ts';
import { onDemand } from '../../shared/model/onDemand.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import { lambdaQueuesOnDemand } from '../../shared/runtime/lambdaQueuesOnDemand.ts';
import { lambdaSecretsOnDemand } from '../../shared/runtime/lambdaSecretsOnDemand.ts';
import { templatesOnDemand } from '../../templates/onDemand.ts';
import { createHandler } from './index.ts';

const context = lambdaContext({
  templates: templatesOnDemand,
  queues: lambdaQueuesOnDemand(),
  secrets: lambdaSecretsOnDemand(),
});

/** A group that is loaded with its first call. */
function group(load: () => Promise<{ createHandler(context: Context): HttpHandler }>): HttpHandler {
  const loaded = onDemand(async () => (await load()).createHandler(context));
  return async (...call) => (await loaded())(...call);
}

export const handler = createHandler(context, {
  jobs: group(() => import('../jobs/index.ts')),
  chunks: group(() => import('../chunks/index.ts')),
  nodes: group(() => import('../nodes/index.ts')),
  pools: group(() => import('../pools/index.ts')),
  templates: group(() => import('../templates/index.ts')),
  session: group(() => import('../session/index.ts')),
});
