/**
 * The tick acts on a mismatch at its second sight only: when the version has stayed since the first, so that
 * nothing is under way. Shared by the repairs of jobs and of limits.
 */
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';

/** No claim or report lasts longer: the gateway gives up after 30 s. */
export const CALM_MS = 55_000;

interface Suspect {
  readonly version: number;
  readonly suspectSince: string | null;
  readonly suspectVersion: number | null;
}

/** Whether this is the first sight, a second one that comes too soon, or one to act on. */
export function sightOf(context: Context, suspect: Suspect): 'first' | 'early' | 'second' {
  if (suspect.suspectSince === null || suspect.suspectVersion !== suspect.version) return 'first';
  return context.clock.now() - milliseconds(suspect.suspectSince) < CALM_MS ? 'early' : 'second';
}
