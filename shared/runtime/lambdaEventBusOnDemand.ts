/** The same as `lambdaEventBus.ts`, loaded with its client when there is something to tell. */
import type { EventBus } from '../bus/eventBus.ts';
import { onDemand } from '../model/onDemand.ts';

export function lambdaEventBusOnDemand(): EventBus {
  const bus = onDemand(async () => (await import('./lambdaEventBus.ts')).lambdaEventBus());
  return { put: async (events) => (await bus()).put(events) };
}
