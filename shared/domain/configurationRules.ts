/** What the settings of the farm must be to each other. */
import { invalidInput } from '../errors.ts';
import type { Configuration, EffectiveConfiguration } from '../model/configuration.ts';
import { type Changes, inEffect, type Settings } from '../model/settings.ts';
import { withChanges } from './settings.ts';

/** One heartbeat may be lost: a lease is worth two at least. */
const HEARTBEATS_PER_LEASE = 2;

const leases = [
  ['busyLeaseSeconds', 'busyHeartbeatSeconds'],
  ['idleLeaseSeconds', 'idleHeartbeatSeconds'],
] as const;

/** The settings of the farm with some changed. What counts now and what counts after the next soft restart must fit. */
export function changedConfiguration(
  settings: Settings<EffectiveConfiguration>,
  changes: Changes<Configuration>,
  store: boolean,
): Settings<EffectiveConfiguration> {
  const next = withChanges<EffectiveConfiguration>(settings, changes, store);
  assertFitEachOther(inEffect(settings), inEffect(next));
  assertFitEachOther(settings.permanent, next.permanent);
  return next;
}

/**
 * Throws `invalid-input` that names the field, the rule and the values unless what changes fits the rest. What stays is
 * not looked at: it must not keep anybody from stopping the engine.
 */
function assertFitEachOther(before: Configuration, configuration: Configuration): void {
  const isChanged = (...names: (keyof Configuration)[]): boolean =>
    names.some((name) => before[name] !== configuration[name]);
  for (const [lease, heartbeat] of leases) {
    const least = HEARTBEATS_PER_LEASE * configuration[heartbeat];
    if (isChanged(lease, heartbeat) && configuration[lease] < least) {
      throw invalidInput(
        `configuration.${lease}`,
        `must be at least ${least}, twice ${heartbeat}, so that one lost heartbeat costs no chunk; it is ${configuration[lease]}`,
      );
    }
  }
  const { acceptSeconds, busyLeaseSeconds } = configuration;
  if (isChanged('acceptSeconds', 'busyLeaseSeconds') && acceptSeconds > busyLeaseSeconds) {
    throw invalidInput(
      'configuration.acceptSeconds',
      `must be at most busyLeaseSeconds, ${busyLeaseSeconds}, because a chunk is pushed under such a lease; it is ${acceptSeconds}`,
    );
  }
}
