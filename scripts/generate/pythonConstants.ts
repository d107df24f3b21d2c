/** Constants of the Python package: the numbered records of the model under Muster's names. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../shared/model');

/** Object that holds the constants of a record, none for the module itself, and what their names begin with. */
const places: Readonly<Record<string, readonly [object: string, prefix: string]>> = {
  jobStatuses: ['MJob', 'kJobStatus'],
  jobTypes: ['MJob', 'kJobType'],
  dependModes: ['MJob', 'kJobDepend'],
  dependLinkModes: ['MJob', 'kJobDependLink'],
  chunkOrders: ['MJob', 'kChunksPriority'],
  // Muster has `kSkipWarnings`, without a prefix.
  checkTypes: ['MJob', 'k'],
  // Muster takes them from the template API, for jobs too.
  packetTypes: ['', 'kTemplate'],
  chunkStatuses: ['MChunk', 'kChunkStatus'],
  attemptOutcomes: ['MHistoryChunk', 'kOutcome'],
  nodeStatuses: ['MNode', 'kNodeStatus'],
  processPriorities: ['MNode', 'kProcessPriority'],
  systemEvents: ['MNode', 'kSystemEvent'],
  backupOverwriteModes: ['MJob', 'kJobsBackupOverwriteMode'],
  backupRestoreActions: ['MJob', 'kJobsBackupRestoreAction'],
};

export interface ConstantSet {
  /** Name of the record in the model. */
  readonly name: string;
  readonly object: string;
  readonly prefix: string;
  /** Number of each value; the value itself where the model has no number. */
  readonly values: ReadonlyMap<string, number | string>;
  readonly isNumbered: boolean;
}

/** Every set of constants that the model has now. A numbered record without a place of its own goes by its file's name. */
export async function constantSets(objects: readonly string[]): Promise<readonly ConstantSet[]> {
  const sets: ConstantSet[] = [];
  for (const file of readdirSync(folder).sort()) {
    const exported: Record<string, unknown> = await import(join(folder, file));
    for (const [name, value] of Object.entries(exported)) {
      const values = numbersOf(value) ?? (name in places ? namesOf(value) : undefined);
      if (values === undefined) continue;
      const [object, prefix] = places[name] ?? placeOf(name, file, objects);
      const isNumbered = [...values.values()].every((one) => typeof one === 'number');
      sets.push({ name, object, prefix, values, isNumbered });
    }
  }
  return sets;
}

/** `kJobStatusInProgress` of `in-progress`. */
export const constantName = ({ prefix }: ConstantSet, value: string): string => prefix + pascal(value);

export const pascal = (text: string): string =>
  text
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function placeOf(name: string, file: string, objects: readonly string[]): readonly [string, string] {
  const object = `M${pascal(file.replace(/\.ts$/, ''))}`;
  const singular = name.replace(/(statuse|[^s])s$/, (_, end: string) => (end === 'statuse' ? 'status' : end));
  return [objects.includes(object) ? object : 'MJob', `k${pascal(singular)}`];
}

function numbersOf(value: unknown): Map<string, number> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([name, one]) => [name, (one as { legacy?: unknown })?.legacy]);
  const isNumbered = entries.length > 0 && entries.every(([, number]) => typeof number === 'number');
  return isNumbered ? new Map(entries as [string, number][]) : undefined;
}

function namesOf(value: unknown): Map<string, string> {
  const names = Array.isArray(value) ? (value as string[]) : Object.keys(value as object);
  return new Map(names.map((name) => [name, name]));
}
