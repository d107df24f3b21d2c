/** What a connection is told of the changes of a moment. */
import {
  type Change,
  type ConsoleEvent,
  changeEvents,
  MOST_CHANGES,
  MOST_MESSAGE_BYTES,
  QUIET_SECONDS,
  type Refresh,
  type Topic,
} from '../contract/consoleEvents.ts';
import type { Subscription } from '../model/client.ts';

const topicOf = ({ event }: Pick<Change, 'event'>): Topic => changeEvents[event].topic;

/** One change of each thing, which says how it went from the first to the last; in the order of the first ones. */
export function coalesce(changes: readonly Change[]): Change[] {
  const byThing = new Map<string, Change>();
  for (const change of changes) {
    const thing = thingOf(change);
    const before = byThing.get(thing);
    byThing.set(thing, before === undefined ? change : together(before, change));
  }
  return [...byThing.values()];
}

function thingOf(change: Change): string {
  const topic = topicOf(change);
  const job = topic === 'chunks' ? [change.jobId, change.generation] : [];
  return JSON.stringify([topic, ...job, change.id, change.name]);
}

function together(first: Change, last: Change): Change {
  const { previousStatus = last.previousStatus } = first;
  return {
    ...first,
    ...last,
    event: eventOf(first, last),
    ...(previousStatus === undefined ? {} : { previousStatus }),
  };
}

/** Whoever is told of both at once is told what came of it. */
function eventOf(first: Change, last: Change): Change['event'] {
  const [topic, was] = first.event.split('/');
  const [, is] = last.event.split('/');
  if (was === 'added' && is === 'changed') return first.event;
  if (was === 'removed' && is === 'added') return `${topic}/changed` as Change['event'];
  return last.event;
}

/** A list that is loaded as a whole: of chunks, those of a job. */
const listOf = (change: Change): string =>
  topicOf(change) === 'chunks' ? `chunks ${change.jobId}` : topicOf(change);

export interface News {
  /** What is told, in one message. */
  readonly events: readonly ConsoleEvent[];
  /** Lists that nothing is told of for a while. */
  readonly quiet: readonly string[];
}

/**
 * What a connection with these subscriptions is told of coalesced changes. Too many of a list become one refresh of it,
 * and so do the largest if a message would not fit; a list that `isQuiet` is left out, for whoever was told to refresh
 * it loads it at the end of that time.
 */
export function newsFor(
  subscriptions: Readonly<Record<string, Subscription>>,
  changes: readonly Change[],
  isQuiet: (list: string) => boolean,
): News {
  const wanted = changes.filter((change) => wants(subscriptions[topicOf(change)], change));
  const lists = new Map<string, readonly (Change | Refresh)[]>();
  const quiet: string[] = [];
  const refresh = (list: string, change: Change): void => {
    lists.set(list, [refreshOf(change)]);
    quiet.push(list);
  };
  for (const [list, ofList] of Map.groupBy(wanted, listOf)) {
    if (isQuiet(list)) continue;
    const [first] = ofList;
    if (ofList.length > MOST_CHANGES && first !== undefined) refresh(list, first);
    else lists.set(list, ofList);
  }
  for (;;) {
    const events = [...lists.values()].flat();
    if (bytesOf(events) <= MOST_MESSAGE_BYTES) return { events, quiet };
    const [list, [first]] = [...lists]
      .filter(([, ofList]) => ofList.length > 1)
      .sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
    if (first === undefined || 'refresh' in first) return { events, quiet };
    refresh(list, first);
  }
}

function wants(subscription: Subscription | undefined, change: Change): boolean {
  if (subscription === undefined) return false;
  if (subscription.ids === null) return true;
  const id = topicOf(change) === 'chunks' ? change.jobId : change.id;
  return typeof id === 'number' && subscription.ids.includes(id);
}

const refreshOf = (change: Change): Refresh => ({
  // Removed or added, a list that is loaded again has changed.
  event: `${topicOf(change)}/changed` as Change['event'],
  ...(topicOf(change) === 'chunks' && typeof change.jobId === 'number' ? { jobId: change.jobId } : {}),
  refresh: true,
  quietSeconds: QUIET_SECONDS,
});

const bytesOf = (events: readonly ConsoleEvent[]): number =>
  new TextEncoder().encode(JSON.stringify(events)).length;

/** The refresh of a whole list that is announced by hand, unless it is quiet. */
export const refreshOfList = (topic: 'pools' | 'repositories'): Refresh => ({
  event: `${topic}/changed`,
  refresh: true,
  quietSeconds: QUIET_SECONDS,
});

/** Events in messages that each fit; the order stays. */
export function inMessages(events: readonly ConsoleEvent[]): ConsoleEvent[][] {
  const messages: ConsoleEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = bytesOf([event]);
    if (bytes + size > MOST_MESSAGE_BYTES) {
      messages.push([]);
      bytes = 0;
    }
    messages.at(-1)?.push(event);
    bytes += size;
  }
  return messages;
}
