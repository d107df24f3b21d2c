/** Changes of the settings, and what they must be to each other. */
import { invalidInput } from '../errors.ts';
import { type Configuration, inEffect, type Settings } from '../model/configuration.ts';

/** One heartbeat may be lost: a lease is worth two at least. */
const HEARTBEATS_PER_LEASE = 2;

const leases = [
  ['busyLeaseSeconds', 'busyHeartbeatSeconds'],
  ['idleLeaseSeconds', 'idleHeartbeatSeconds'],
] as const;

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

type Changes = { readonly [F in keyof Configuration]?: Configuration[F] | undefined };

/**
 * The settings with some changed. For good, a change takes the place of a temporary value too; otherwise it goes before
 * the permanent value until the next soft restart. Both what counts now and what counts after that restart must fit.
 */
export function changeSettings(settings: Settings, changes: Changes, store: boolean): Settings {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<Configuration>;
  const permanent = store ? { ...settings.permanent, ...given } : settings.permanent;
  const temporary = Object.fromEntries(
    Object.entries({ ...settings.temporary, ...given }).filter(
      ([name, value]) => permanent[name as keyof Configuration] !== value,
    ),
  ) as Partial<Configuration>;
  const next = { ...settings, permanent, temporary };
  assertFitEachOther(inEffect(settings), inEffect(next));
  assertFitEachOther(settings.permanent, permanent);
  return next;
}
