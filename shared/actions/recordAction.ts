/** Writes a call that was to change something into the action log, before it is answered. */
import type { Operation } from '../contract/operation.ts';
import { cutToBytes, summarizeInput } from '../domain/actionSummary.ts';
import { timeAfter } from '../model/clock.ts';
import type { LogLine } from '../model/logLine.ts';
import type { Caller } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { itemSize } from '../store/itemSize.ts';
import { lineItem } from '../store/logStore.ts';

/** A line is one write unit. */
const LINE_BYTES = 1_024;
const RESULT_BYTES = 200;

export interface TakenAction {
  readonly operation: Operation;
  readonly caller: Caller | undefined;
  readonly address: string;
  /** The input as it was sent; undefined if it was not in order. */
  readonly given: Readonly<Record<string, unknown>> | undefined;
  /** `ok`, or why not. */
  readonly result: string;
}

/** Calls of nodes are no actions, nor are reads, nor those of whom nobody knows. */
export async function recordAction(
  context: Context,
  { operation, caller, address, given, result }: TakenAction,
): Promise<void> {
  const user = actorOf(operation, caller, given);
  if (operation.kind !== 'write' || user === undefined) return;
  const empty: LogLine = {
    at: timeAfter(context.clock),
    id: context.newToken(),
    user,
    what: operation.name,
    text: '',
  };
  const end = ` -> ${cutToBytes(result.replace(/\p{Cc}+/gu, ' '), RESULT_BYTES)}`;
  const start = `${address} `;
  // The largest time that an item can expire at has no more digits than this one.
  const room = LINE_BYTES - itemSize(lineItem('action', { ...empty, text: start + end }, 9_999_999_999));
  const text = `${start}${cutToBytes(given === undefined ? '-' : summarizeInput(given), room)}${end}`;
  const { logDays } = await context.configuration.get();
  await context.logs.add('action', [{ ...empty, text }], logDays);
}

/** Whoever logs in is who they say, which the result confirms or not. */
function actorOf(
  operation: Operation,
  caller: Caller | undefined,
  given: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const isOfPeople = operation.callers.includes('user') || operation.callers.includes('anyone');
  if (!isOfPeople) return undefined;
  if (caller?.kind === 'user') return caller.name;
  const name = operation.callers.includes('anyone') ? given?.['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
