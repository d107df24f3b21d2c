/** A status machine is a table: from, event, to, reason. What is not in the table is refused. */
import { DispatcherError } from '../errors.ts';

export interface Transition<Status extends string, Event extends string> {
  readonly from: Status;
  readonly event: Event;
  readonly to: Status;
  /** Why the status changes, in words; shown to people. */
  readonly reason: string;
}

/** Looks a transition up; undefined when the table refuses it. */
export function findTransition<Status extends string, Event extends string>(
  table: readonly Transition<Status, Event>[],
  from: Status,
  event: Event,
): Transition<Status, Event> | undefined {
  return table.find((row) => row.from === from && row.event === event);
}

/** Looks a transition up; throws `transition-refused` with the present state when the table refuses it. */
export function getTransition<Status extends string, Event extends string>(
  table: readonly Transition<Status, Event>[],
  what: string,
  id: number | string,
  from: Status,
  event: Event,
): Transition<Status, Event> {
  const transition = findTransition(table, from, event);
  if (transition === undefined) {
    const possible = table.filter((row) => row.from === from).map((row) => row.event);
    throw new DispatcherError('transition-refused', {
      what,
      id,
      from,
      event,
      rule:
        possible.length === 0 ? 'nothing is possible in this state' : `possible are ${possible.join(', ')}`,
    });
  }
  return transition;
}
