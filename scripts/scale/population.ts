/** Large farms without their history: items are written as they would have come to be, a real one as the pattern. */
import { PROJECTOR } from '../../local/farm.ts';
import { keys } from '../../shared/store/keys.ts';
import type { Item, Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { TestFarm } from '../../test/support/startFarm.ts';

const BATCH = 1_000;
/** Far from the ids that the farm gives by itself. */
const FIRST_ID = 1_000_000;
/** Nobody beats for them, and none shall be taken for lost. */
const LEASE_UNTIL = '2099-01-01T00:00:00.000Z';

/** Nodes like `nodeId` that have nothing to do. */
export async function addIdleNodes(farm: TestFarm, nodeId: number, count: number): Promise<void> {
  const [node, state] = await pair(farm, 'farm', keys.node(nodeId), keys.nodeState(nodeId));
  await write(farm, 'farm', count, (id) => [
    { ...node, ...keys.node(id), id, name: `node-${id}` },
    {
      ...state,
      ...keys.nodeState(id),
      id,
      status: 'idle',
      leaseUntil: LEASE_UNTIL,
      idlePk: keys.idlePartition(id),
      idleSk: `${state['lastSeenAt']}#${keys.sortOf(id)}`,
      onlinePk: keys.onlinePartition,
    },
  ]);
}

/** Nodes that hold chunks of the job that `nodeId` works on, which has as many instances more. */
export async function addWorkingNodes(farm: TestFarm, nodeId: number, count: number): Promise<void> {
  const [node, state] = await pair(farm, 'farm', keys.node(nodeId), keys.nodeState(nodeId));
  const assignment = state['assignment'] as { readonly jobId: number };
  await write(farm, 'farm', count, (id) => [
    { ...node, ...keys.node(id), id, name: `node-${id}` },
    {
      ...state,
      ...keys.nodeState(id),
      id,
      leaseUntil: LEASE_UNTIL,
      assignment: { ...assignment, index: id, token: `token-of-${id}` },
    },
  ]);
  await farm.table.update('queue', keys.jobState(assignment.jobId), {
    add: { slots: count, next: count, version: 1 },
  });
}

/** Ready jobs like `jobId`, each a little behind it. */
export async function addReadyJobs(farm: TestFarm, jobId: number, count: number): Promise<void> {
  const [job, state] = await pair(farm, 'queue', keys.job(jobId), keys.jobState(jobId));
  const prefix = String(state['readyKey']).slice(0, -keys.sortOf(jobId).length);
  await write(farm, 'queue', count, (id) => [
    { ...job, ...keys.job(id), id },
    {
      ...state,
      ...keys.jobState(id),
      jobId: id,
      readyKey: `${prefix}${keys.sortOf(id)}`,
      readySk: `${prefix}${keys.sortOf(id)}`,
    },
  ]);
}

/** Lets the projector go past all that was changed so far, as if it had been handled long ago. */
export async function skipFeed(farm: TestFarm): Promise<void> {
  for (;;) {
    const last = farm.table.readFeed(PROJECTOR, 10_000).at(-1);
    if (last === undefined) return;
    await farm.table.acknowledgeFeed(PROJECTOR, last.id);
  }
}

async function pair(farm: TestFarm, table: TableName, one: Key, other: Key): Promise<[Item, Item]> {
  const items = await Promise.all(
    [one, other].map((key) => farm.table.get(table, key, { consistent: true })),
  );
  const [first, second] = items;
  if (first === undefined || second === undefined) throw new Error('the pattern of a population is missing');
  return [first, second];
}

async function write(
  farm: TestFarm,
  table: TableName,
  count: number,
  make: (id: number) => readonly Item[],
): Promise<void> {
  for (let start = 0; start < count; start += BATCH) {
    const ids = Array.from(
      { length: Math.min(BATCH, count - start) },
      (_, offset) => FIRST_ID + start + offset,
    );
    await farm.table.batchWrite(table, { puts: ids.flatMap(make) });
  }
  await skipFeed(farm);
}
