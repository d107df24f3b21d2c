/** The bus on which studios hear of jobs and nodes. An event may be put twice, and events may come in any order. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, type FarmEvent } from '../contract/farmEvents.ts';

export interface EventBus {
  /** Puts all of them; throws if one was not taken in time, and then all may be put again. */
  put(events: readonly FarmEvent[]): Promise<void>;
}

export interface EventBusConnection {
  readonly region: string;
  /** The service itself, unless told. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const connectEvents = (connection: EventBusConnection): EventBridgeClient =>
  new EventBridgeClient(connection);

/** The most entries of a call. It may have 256 KB, and an event has 3 KB at most: names are short. */
const BATCH = 10;
/** For all calls of a put, each of which takes some ten milliseconds: whoever puts has others waiting. */
const PATIENCE_MS = 2_000;

export const eventBus = (client: EventBridgeClient, busName: string): EventBus => ({
  async put(events) {
    const abortSignal = AbortSignal.timeout(PATIENCE_MS);
    for (let start = 0; start < events.length; start += BATCH) {
      const { Entries = [] } = await client.send(
        new PutEventsCommand({
          Entries: events.slice(start, start + BATCH).map(({ type, detail }) => ({
            EventBusName: busName,
            Source: EVENT_SOURCE,
            DetailType: type,
            Detail: JSON.stringify(detail),
          })),
        }),
        { abortSignal },
      );
      const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (refused !== undefined) {
        throw new Error(`the event bus refused an event: ${refused.ErrorCode}: ${refused.ErrorMessage}`);
      }
    }
  },
});
