/**
 * Capacity units of the hot path, counted on a farm in this process: the same on every machine. Both the test
 * of the budgets and the table in the documentation come from here.
 */
import type { LocalFarm } from '../../local/farm.ts';
import { keys } from '../../shared/store/keys.ts';
import { aJob } from './aJob.ts';
import type { FakeNode } from './fakeNode.ts';
import type { TestFarm } from './startFarm.ts';

export interface Budget {
  /** What is measured, and under which circumstances. */
  readonly what: string;
  readonly mostWriteUnits: number;
  readonly mostReadUnits: number | null;
}

export interface Measured extends Budget {
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** Places of `next` in a job, as shares of its length. */
const places = { start: 0, middle: 0.5, end: 1 } as const;

/** Runs `work` and counts what it used. Feed and queues stand still meanwhile. */
async function measure(farm: TestFarm, budget: Budget, work: () => Promise<unknown>): Promise<Measured> {
  farm.takeUse();
  await work();
  const { writeUnits, readUnits } = farm.takeUse();
  return { ...budget, writeUnits, readUnits };
}

/** A name that makes a submission's stored item about 2 KB with everything else at its default. */
const twoKilobytes = { memo: { value: 'x'.repeat(1_500) } };

/** Measures every budget of the hot path. The farm must be fresh. */
export async function measureBudgets(farm: TestFarm, chunkCounts: readonly number[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  const node = await farm.addNode('alpha');
  for (const count of chunkCounts) {
    measured.push(...(await measureJob(farm, node, count)));
  }
  measured.push(...(await measureOthers(farm, node)));
  measured.push(await measureHeartbeat(farm, node));
  measured.push(await measureLists(farm));
  measured.push(await measureTickAtRest(farm));
  return measured;
}

async function measureJob(farm: TestFarm, node: FakeNode, count: number): Promise<Measured[]> {
  const measured: Measured[] = [];
  const job = aJob(count, { attributes: { command: { value: '/bin/true' }, ...twoKilobytes } });
  let id = 0;
  // The match class is kept once for all jobs that ask the same of a node.
  await farm.admin.jobDelete({ id: (await farm.admin.jobSubmit({ job: aJob(1) })).id });
  measured.push(
    await measure(
      farm,
      { what: `jobSubmit of a 2 KB job, ${count} chunks`, mostWriteUnits: 8, mostReadUnits: null },
      async () => {
        ({ id } = await farm.admin.jobSubmit({ job }));
      },
    ),
  );
  for (const [place, share] of Object.entries(places)) {
    await placeNext(farm, id, Math.max(0, Math.min(count - 20, Math.floor(count * share))));
    measured.push(...(await measureNode(farm, node, `${count} chunks, next at the ${place}`)));
  }
  await farm.admin.jobDelete({ id });
  await farm.drain();
  return measured;
}

async function measureNode(farm: TestFarm, node: FakeNode, circumstances: string): Promise<Measured[]> {
  await farm.drain();
  await node.claim();
  await node.report({ wantsNext: false });
  // What a process keeps for a moment is forgotten: the node is cold.
  farm.clock.advance(60_000);
  const cold = await measure(
    farm,
    { what: `claim by an idle node, cold; ${circumstances}`, mostWriteUnits: 6, mostReadUnits: 8 },
    () => node.claim(),
  );
  await node.report({ wantsNext: false });
  await node.claim();
  await node.report({ wantsNext: false });
  const warm = await measure(
    farm,
    { what: `claim by an idle node, warm; ${circumstances}`, mostWriteUnits: 6, mostReadUnits: 3 },
    () => node.claim(),
  );
  const next = await measure(
    farm,
    { what: `report and next, same job; ${circumstances}`, mostWriteUnits: 5, mostReadUnits: 4 },
    () => node.report(),
  );
  await farm.drain();
  farm.takeUse();
  // A second passes from chunk to chunk, as it does in a busy farm: nothing is warm from the chunk before.
  for (let chunk = 0; chunk < 10; chunk += 1) {
    farm.clock.advance(1_000);
    await node.report();
  }
  await farm.drain();
  const life = farm.takeUse();
  const noNext = await measure(
    farm,
    { what: `report without next; ${circumstances}`, mostWriteUnits: 6, mostReadUnits: 4 },
    () => node.report({ wantsNext: false }),
  );
  return [
    cold,
    warm,
    next,
    {
      what: `life of a chunk, history included; ${circumstances}`,
      mostWriteUnits: 7,
      mostReadUnits: 4,
      writeUnits: life.writeUnits / 10,
      readUnits: life.readUnits / 10,
    },
    noNext,
  ];
}

/** What does not depend on the length of a job. */
async function measureOthers(farm: TestFarm, node: FakeNode): Promise<Measured[]> {
  await farm.admin.jobSubmit({ job: aJob(3) });
  // What a process keeps for a second is from before.
  farm.clock.advance(2_000);
  await node.claim();
  const { id: better } = await farm.admin.jobSubmit({ job: aJob(2, { priority: 99 }) });
  farm.clock.advance(60_000);
  const another = await measure(
    farm,
    { what: 'report and next, another job', mostWriteUnits: 8, mostReadUnits: 6 },
    () => node.report(),
  );
  const fresh = await measure(
    farm,
    { what: 'jobSubmit, one dependency and a new match class', mostWriteUnits: 9, mostReadUnits: null },
    () => farm.admin.jobSubmit({ job: aJob(10, { dependIds: [better], includedPools: ['new'] }) }),
  );
  // Somebody else takes the next index between the node's look at the job and its write.
  await node.report({ wantsNext: false });
  farm.clock.advance(60_000);
  const rival = await farm.addNode('rival');
  farm.takeUse();
  farm.writes.beforeFirst('STATES', async () => {
    await rival.claim();
    farm.takeUse();
  });
  const contended = await measure(
    farm,
    { what: 'claim while another node claims of the same job', mostWriteUnits: 6, mostReadUnits: 8 },
    () => node.claim(),
  );
  for (const worker of [node, rival]) if (worker.work !== null) await worker.report({ wantsNext: false });
  await rival.leave();
  await finish(farm, node);
  return [another, fresh, contended, await measureRecount(farm, node)];
}

/** The price of the end of a job of a thousand chunks, a chunk. */
async function measureRecount(farm: TestFarm, node: FakeNode): Promise<Measured> {
  const { id } = await farm.admin.jobSubmit({ job: aJob(1_000, { priority: 200 }) });
  await finish(farm, node);
  const { writeUnits, readUnits } = await measure(
    farm,
    { what: '', mostWriteUnits: 0, mostReadUnits: 0 },
    () => farm.admin.jobUpdateStatus({ id, requestToken: undefined }),
  );
  return {
    what: 'final recount, a chunk of a thousand',
    mostWriteUnits: 0.01,
    mostReadUnits: 0.2,
    writeUnits: writeUnits / 1_000,
    readUnits: readUnits / 1_000,
  };
}

/** Renders whatever there is. */
async function finish(farm: TestFarm, node: FakeNode): Promise<void> {
  for (let isDone = false; !isDone; ) {
    farm.clock.advance(2_000);
    await farm.drain();
    isDone = (await node.claim()) === null;
    while (node.work !== null) await node.report();
  }
}

async function measureHeartbeat(farm: TestFarm, node: FakeNode): Promise<Measured> {
  await farm.admin.jobSubmit({ job: aJob(1) });
  await node.claim();
  await node.heartbeat(0.1);
  return measure(farm, { what: 'heartbeat', mostWriteUnits: 1, mostReadUnits: 0 }, () => node.heartbeat(0.5));
}

async function measureLists(farm: TestFarm): Promise<Measured> {
  for (let index = 0; index < 1_000; index += 1) {
    await farm.admin.jobSubmit({
      job: aJob(10, { attributes: { command: { value: '/bin/true' }, ...twoKilobytes } }),
    });
  }
  return measure(
    farm,
    { what: 'list of 1,000 jobs of 2 KB', mostWriteUnits: 0, mostReadUnits: 400 },
    async () => {
      for (
        let pageToken: string | undefined, isFirst = true;
        isFirst || pageToken !== undefined;
        isFirst = false
      ) {
        const page = await farm.admin.jobGetList({
          limit: 1_000,
          ...(pageToken === undefined ? {} : { pageToken }),
        });
        pageToken = page.nextPageToken ?? undefined;
      }
    },
  );
}

async function measureTickAtRest(farm: TestFarm): Promise<Measured> {
  // Ten thousand ended jobs, written as they are kept.
  const items = Array.from({ length: 10_000 }, (_, index) => ({
    ...keys.jobState(1_000_000 + index),
    jobId: 1_000_000 + index,
    status: 'completed',
    version: 5,
  }));
  await farm.table.batchWrite('queue', { puts: items });
  for (let page = await farm.admin.jobGetList({ limit: 1_000 }); page.jobs.length > 0; ) {
    for (const { id } of page.jobs) await farm.admin.jobDelete({ id });
    await farm.drain();
    await farm.tick();
    page = await farm.admin.jobGetList({ limit: 1_000 });
  }
  farm.clock.advance(3_600_000);
  // Beyond the minutes in which mailboxes are looked after, and until the statistics have nothing new to say.
  const minutesBefore = new Date(farm.clock.now()).getUTCMinutes();
  farm.clock.advance((90 - minutesBefore) * 60_000);
  for (let minute = 0; minute < 5; minute += 1) {
    farm.clock.advance(60_000);
    await farm.tick();
  }
  farm.clock.advance(60_000);
  return measure(
    farm,
    { what: 'tick at rest with 10,000 ended jobs', mostWriteUnits: 0, mostReadUnits: 5 },
    () => farm.tick(),
  );
}

/** Puts `next` where it would be after so many chunks were handed out. */
async function placeNext(farm: Pick<LocalFarm, 'table'>, jobId: number, next: number): Promise<void> {
  await farm.table.update('queue', keys.jobState(jobId), { set: { next }, add: { version: 1 } });
}
