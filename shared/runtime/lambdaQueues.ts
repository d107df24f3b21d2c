/** Queues in AWS. Apart from the context, so that functions without queues do not carry the SQS client. */
import { connectQueues } from '../queues/connectQueues.ts';
import { dispatchQueue } from '../queues/dispatchQueue.ts';
import { eventQueue } from '../queues/eventQueue.ts';
import { hookQueue } from '../queues/hookQueue.ts';
import { nodeMailbox } from '../queues/nodeMailbox.ts';
import { recountQueue } from '../queues/recountQueue.ts';
import { lambdaVariables, mailboxVariables, queueVariables, required } from './env.ts';
import type { Queues } from './lambdaContext.ts';

/** Who asks for a queue that the function may not touch is told so at that moment, not at the start. */
export function lambdaQueues(): Queues {
  const sqs = connectQueues({ region: required(lambdaVariables.region) });
  return {
    dispatchQueue: {
      send: (...message) => dispatchQueue(sqs, required(queueVariables.dispatch)).send(...message),
      sendAll: (...messages) => dispatchQueue(sqs, required(queueVariables.dispatch)).sendAll(...messages),
    },
    recountQueue: {
      send: (...message) => recountQueue(sqs, required(queueVariables.recount)).send(...message),
    },
    hookQueue: {
      send: (...message) => hookQueue(sqs, required(queueVariables.hooks)).send(...message),
    },
    eventQueue: {
      send: (...events) => eventQueue(sqs, required(queueVariables.events)).send(...events),
    },
    mailbox: nodeMailbox(sqs, {
      get namePrefix() {
        return required(mailboxVariables.namePrefix);
      },
      get queueUrlBase() {
        return required(mailboxVariables.urlBase);
      },
    }),
  };
}
