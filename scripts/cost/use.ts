/** What one cause asked of the services, as they count it. */
import type { CapacityUse } from '../../shared/store/table.ts';
import type { QueueRequest } from '../../test/simulation/simulatedQueues.ts';

export interface Units {
  calls: number;
  readUnits: number;
  writeUnits: number;
  lostGuards: number;
}

export interface Use {
  invocations: number;
  /** Records and messages that the invocations were given. */
  messages: number;
  /** Bodies of answers over HTTP. */
  answerBytes: number;
  logBytes: number;
  /** Changes of tables that have a feed. */
  readonly feedRecords: { queue: number; farm: number };
  /** Events that were put on the bus. */
  events: number;
  readonly queueRequests: Map<`${QueueRequest['queue']}.${QueueRequest['verb']}`, number>;
  readonly units: Map<`${CapacityUse['table']}.${CapacityUse['verb']}`, Units>;
}

export const noUse = (): Use => ({
  invocations: 0,
  messages: 0,
  answerBytes: 0,
  logBytes: 0,
  feedRecords: { queue: 0, farm: 0 },
  events: 0,
  queueRequests: new Map(),
  units: new Map(),
});

export function addUnits(use: Use, { table, verb, readUnits, writeUnits, lostGuard }: CapacityUse): void {
  const name = `${table}.${verb}` as const;
  const units = use.units.get(name) ?? { calls: 0, readUnits: 0, writeUnits: 0, lostGuards: 0 };
  use.units.set(name, {
    calls: units.calls + 1,
    readUnits: units.readUnits + readUnits,
    writeUnits: units.writeUnits + writeUnits,
    lostGuards: units.lostGuards + (lostGuard ? 1 : 0),
  });
}

/** Units of all tables and verbs together. */
export function allUnits({ units }: Use): Units {
  const all = { calls: 0, readUnits: 0, writeUnits: 0, lostGuards: 0 };
  for (const one of units.values()) {
    for (const name of Object.keys(all) as (keyof Units)[]) all[name] += one[name];
  }
  return all;
}
