/**
 * The same as `lambdaHookHost.ts`, loaded with the client of Lambda by the first hook of a pushed template: most farms have
 * none.
 */
import type { HookHost } from '../hookHost/hookHost.ts';
import { onDemand } from '../model/onDemand.ts';

export function lambdaHookHostOnDemand(): HookHost {
  const host = onDemand(async () => (await import('./lambdaHookHost.ts')).lambdaHookHost());
  return {
    callHook: async (request) => (await host()).callHook(request),
    runScript: async (request) => (await host()).runScript(request),
  };
}
