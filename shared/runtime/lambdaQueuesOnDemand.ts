/** Queues in AWS. The SQS client is loaded with the first message: many a start answers without one. */
import { onDemand } from '../model/onDemand.ts';
import type { Queues } from './lambdaContext.ts';

export function lambdaQueuesOnDemand(): Queues {
  const queues = onDemand(async () => (await import('./lambdaQueues.ts')).lambdaQueues());
  return {
    dispatchQueue: {
      send: async (...message) => (await queues()).dispatchQueue.send(...message),
      sendAll: async (...messages) => (await queues()).dispatchQueue.sendAll(...messages),
    },
    recountQueue: { send: async (...message) => (await queues()).recountQueue.send(...message) },
    hookQueue: { send: async (...message) => (await queues()).hookQueue.send(...message) },
    eventQueue: { send: async (...events) => (await queues()).eventQueue.send(...events) },
    mailbox: {
      create: async (nodeId) => (await queues()).mailbox.create(nodeId),
      remove: async (nodeId) => (await queues()).mailbox.remove(nodeId),
      send: async (...message) => (await queues()).mailbox.send(...message),
    },
  };
}
