/** The same as `lambdaPush.ts`, loaded with its client when there is somebody to send to. */
import { onDemand } from '../model/onDemand.ts';
import type { ConsolePush } from '../push/consolePush.ts';

export function lambdaPushOnDemand(): ConsolePush {
  const push = onDemand(async () => (await import('./lambdaPush.ts')).lambdaPush());
  return {
    send: async (...message) => (await push()).send(...message),
    disconnect: async (connectionId) => (await push()).disconnect(connectionId),
  };
}
