/** A refusal is asserted by its code and by the details that name the rule; it changes nothing. */
import assert from 'node:assert/strict';
import { type Client, RollcallError } from '../../client/src/client.ts';
import type { ErrorCode, Operations } from '../../client/src/generated.ts';
import { assertUnchanged } from './farmState.ts';
import type { TestFarm } from './startFarm.ts';

/** Calls an operation that must be refused with a code and with at least these details. */
export async function assertRefused<N extends keyof Operations>(
  client: Client,
  operation: N,
  code: ErrorCode,
  details: Readonly<Record<string, string | number | boolean | null>>,
  input: Operations[N]['input'],
): Promise<void> {
  const error = await refusalOf(client, operation, input);
  const named = Object.fromEntries(Object.keys(details).map((name) => [name, error.details[name]]));
  assert.deepEqual({ code: error.code, ...named }, { code, ...details });
}

/** {@link assertRefused}, and nothing in the farm has changed. */
export function assertRefusedWhole<N extends keyof Operations>(
  farm: Pick<TestFarm, 'data' | 'admin'>,
  operation: N,
  code: ErrorCode,
  details: Readonly<Record<string, string | number | boolean | null>>,
  input: Operations[N]['input'],
  client: Client = farm.admin,
): Promise<void> {
  return assertUnchanged(farm, () => assertRefused(client, operation, code, details, input));
}

async function refusalOf<N extends keyof Operations>(
  client: Client,
  operation: N,
  input: Operations[N]['input'],
): Promise<RollcallError> {
  try {
    await client[operation](input as never);
  } catch (error) {
    if (error instanceof RollcallError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: `${operation} was not refused` });
}
