/** Event queue: standard, since events of the bus may come twice and in any order. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FarmEvent } from '../contract/farmEvents.ts';
import type { EventMessage } from '../contract/queueMessages.ts';

/** Events of a message: as many as the bus takes in a call, and 30 KB at most. */
const BATCH = 10;

export function eventQueue(client: SQSClient, queueUrl: string) {
  return {
    /** Sends all of them; throws if one was not taken, and then all may be sent again. */
    async send(events: readonly FarmEvent[]): Promise<void> {
      for (let start = 0; start < events.length; start += BATCH) {
        const message: EventMessage = { events: events.slice(start, start + BATCH) };
        await client.send(
          new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }),
        );
      }
    },
  };
}

export type EventQueue = ReturnType<typeof eventQueue>;
