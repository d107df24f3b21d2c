/**
 * Change feed → Consoles and notificators: the second reader of the feeds of queue and farm, called with what a second
 * has brought. The feed repeats itself; so do events, which carry the order of their changes.
 *
 * A connection that misses a message is ended: whoever is connected has missed nothing, whoever connects again loads
 * what is shown. Each is sent to at the same time as the others and for a bounded time, so one costs the others nothing.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { mapAtMost } from '../../shared/actions/mapAtMost.ts';
import {
  type ConsoleEvent,
  type MessageEvent,
  QUIET_SECONDS,
  type ServerMessage,
} from '../../shared/contract/consoleEvents.ts';
import { coalesce, inMessages, newsFor, refreshOfList } from '../../shared/domain/liveEvents.ts';
import type { ConnectionItem, LiveMessage } from '../../shared/model/client.ts';
import { timeAfter } from '../../shared/model/clock.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { Kept } from '../../shared/store/kept.ts';
import { fromStreamRecord } from '../../shared/store/streamRecords.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { type Happening, happeningsIn } from './changesIn.ts';
import { endConnection, voidConnections } from './endConnections.ts';

export type ConsolePushHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** Connections that are sent to at the same time. */
const AT_ONCE = 100;
/** From one message to the next. The source waits so long too, but not when it has much to catch up with. */
const WINDOW_MS = 1_000;
const LATE_MS = 30_000;

/** Builds the handler; `tableOf` finds a table by its name in the account, `pause` waits so many milliseconds. */
export function createHandler(
  context: Context,
  tableOf: (name: string) => TableName | undefined,
  pause: (milliseconds: number) => Promise<void>,
): ConsolePushHandler {
  // Of this process alone: another one that does not know of it tells a refresh too many, and loses nothing.
  const quiet = new Kept<string, true>(context.clock, QUIET_SECONDS * 1_000);
  const sentAt = new Map<string, number>();

  return async (event) => {
    const happenings = event.Records.flatMap((record) => {
      const feedRecord = fromStreamRecord(record, tableOf);
      // A deletion by time to live concerns nobody.
      return feedRecord.expired ? [] : happeningsIn(feedRecord, record.dynamodb?.SequenceNumber ?? '0');
    });
    if (happenings.length === 0) return { batchItemFailures: [] };
    const feed = event.Records[0]?.eventSourceARN ?? '';
    const early = (sentAt.get(feed) ?? 0) + WINDOW_MS - context.clock.now();
    if (early > 0) await pause(early);
    try {
      if (await push(context, happenings, quiet)) {
        sentAt.set(feed, context.clock.now());
        noteDelay(context, event);
      }
      return { batchItemFailures: [] };
    } catch (error) {
      context.logger.log(
        'record-failed',
        { source: 'feed', firstId: event.Records[0]?.eventID ?? null },
        error,
      );
      // The whole batch comes again, then in halves, until the bad record is alone.
      const first = event.Records[0]?.dynamodb?.SequenceNumber;
      if (first === undefined) throw error;
      return { batchItemFailures: [{ itemIdentifier: first }] };
    }
  };
}

/** The log is watched, so lateness needs no alarm of its own. */
function noteDelay({ clock, logger }: Context, { Records: [oldest] }: DynamoDBStreamEvent): void {
  const changedAt = oldest?.dynamodb?.ApproximateCreationDateTime;
  const lateMs = changedAt === undefined ? 0 : clock.now() - changedAt * 1_000;
  if (lateMs > LATE_MS) logger.log('consoles-late', { seconds: Math.round(lateMs / 1_000) });
}

/** Tells everybody what concerns them; false if nobody was told anything. */
async function push(
  context: Context,
  happenings: readonly Happening[],
  quiet: Kept<string, true>,
): Promise<boolean> {
  const all = await context.connections.listAll();
  if (all.length === 0) return false;
  const over = await voidConnections(context, all, happenings);
  const changes = coalesce(happenings.flatMap((one) => (one.kind === 'change' ? one.change : [])));
  const sent = await mapAtMost(AT_ONCE, all, async (connection) => {
    const reason = over.get(connection.id);
    if (reason !== undefined) {
      await endConnection(context, connection.id, reason);
      return false;
    }
    const events = eventsFor(context, connection, changes, happenings, quiet);
    for (const message of inMessages(events)) {
      if (!(await tell(context, connection.id, { kind: 'events', events: message }))) break;
    }
    return events.length > 0;
  });
  return sent.includes(true);
}

function eventsFor(
  context: Context,
  { id, kind, subscriptions, goodUntil, endReason }: ConnectionItem,
  changes: Parameters<typeof newsFor>[1],
  happenings: readonly Happening[],
  quiet: Kept<string, true>,
): ConsoleEvent[] {
  // Of those that are to end, whoever does it is told by the feed; nobody tells them anything until then.
  if (endReason !== null || goodUntil <= timeAfter(context.clock)) return [];
  const keyOf = (list: string): string => `${id} ${list}`;
  const isQuiet = (list: string): boolean => quiet.get(keyOf(list)) === true;
  const announced = new Set(
    happenings.flatMap((one) =>
      one.kind === 'list' && subscriptions[one.list] !== undefined && !isQuiet(one.list) ? one.list : [],
    ),
  );
  for (const list of announced) quiet.put(keyOf(list), true);
  const news = newsFor(subscriptions, changes, isQuiet);
  for (const list of news.quiet) quiet.put(keyOf(list), true);
  const messages = happenings.flatMap((one) =>
    one.kind === 'message' && isFor(one.message, id, kind) ? eventOf(one.message) : [],
  );
  return [...[...announced].map(refreshOfList), ...news.events, ...messages];
}

const isFor = (message: LiveMessage, id: string, kind: ConnectionItem['kind']): boolean =>
  message.kind === kind && (message.connectionId === null || message.connectionId === id);

const eventOf = ({ messageId, templateId, text, from, sentAt }: LiveMessage): MessageEvent => ({
  event: 'messages/sent',
  messageId,
  templateId,
  message: text,
  from,
  sentAt,
});

/** Sends to one connection; false if it is over, or has to be. */
async function tell(context: Context, connectionId: string, message: ServerMessage): Promise<boolean> {
  try {
    if (await context.push.send(connectionId, JSON.stringify(message))) return true;
    await context.connections.remove(connectionId);
  } catch (error) {
    context.logger.log('console-dropped', { connectionId }, error);
    await endConnection(context, connectionId, null);
  }
  return false;
}
