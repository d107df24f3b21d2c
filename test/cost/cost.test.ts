import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { amountsOf, feedCallsPerSecond, partFor } from '../../scripts/cost/amounts.ts';
import { type Bill, makeBill, standardQuestion, sum, total } from '../../scripts/cost/bill.ts';
import { type Slice, simulateSlice } from '../../scripts/cost/slice.ts';
import { addUnits, noUse, type Use } from '../../scripts/cost/use.ts';

const root = join(import.meta.dirname, '../..');

const slice = (uses: Record<string, Use>): Slice => ({
  options: { nodes: 2, jobs: 1, chunksPerJob: 10, secondsPerChunk: 60, hours: 0 },
  seconds: 3_600,
  chunks: 10,
  jobs: 1,
  uses: new Map(Object.entries(uses)),
  changes: new Map(),
  storedBytesPerChunk: 900,
});

describe('amountsOf', () => {
  it('prices a report as a call over HTTP, a call of 60 ms at half a gigabyte, and its units', () => {
    const use: Use = { ...noUse(), invocations: 4, answerBytes: 1_200 };
    addUnits(use, { table: 'queue', verb: 'update', readUnits: 0, writeUnits: 3, lostGuard: true });
    addUnits(use, { table: 'farm', verb: 'get', readUnits: 0.5, writeUnits: 0, lostGuard: false });

    const { chunks } = amountsOf(slice({ nodeReport: use }), 2);

    assert.equal(chunks.httpCall, 4);
    assert.equal(chunks.functionCall, 4);
    assert.equal(chunks.functionTime, 0.12);
    assert.equal(chunks.writeUnit, 3);
    assert.equal(chunks.readUnit, 0.5);
    // Four answers of 300 bytes, each with 700 of headers.
    assert.equal(chunks.transferOut, 4_000 / 1e9);
  });

  it('adds the receive and the delete of its batch to a function that works off a queue', () => {
    const { chunks } = amountsOf(
      slice({ dispatch: { ...noUse(), invocations: 5, messages: 7 }, hooks: { ...noUse(), invocations: 1 } }),
      2,
    );

    assert.equal(chunks.queueRequest, 10);
    assert.equal(chunks.fifoRequest, 2);
  });

  it('puts polls of mailboxes, uploads of logs and heartbeats apart from the chunks', () => {
    const polls: Use = { ...noUse(), queueRequests: new Map([['mailbox.receive', 180]]) };
    const { chunks, mailboxes, logs, heartbeats } = amountsOf(
      slice({
        agent: polls,
        nodeUploadLog: { ...noUse(), invocations: 3 },
        nodeHeartbeat: { ...noUse(), invocations: 8 },
      }),
      2,
    );

    assert.equal(mailboxes.fifoRequest, 180);
    assert.equal(logs.objectPut, 3);
    assert.equal(logs.httpCall, 3);
    assert.equal(heartbeats.httpCall, 8);
    assert.equal(chunks.httpCall ?? 0, 0);
  });

  it('lets a tick be one call however many nodes it looks at', () => {
    const ticks = slice({ idling: { ...noUse(), invocations: 60 } });

    // An hour of two nodes is twelve minutes of ten.
    assert.equal(amountsOf(ticks, 2).tick.functionCall, 60);
    assert.equal(amountsOf(ticks, 10).tick.functionCall, 12);
  });

  it('lets heartbeats pay for the calls of the projector that they cause', () => {
    const beats = { ...noUse(), feedRecords: { queue: 0, farm: 36 } };

    const { chunks, heartbeats } = amountsOf(slice({ nodeHeartbeat: beats }), 2);

    // A change every hundred seconds comes alone.
    assert.ok(Math.abs((heartbeats.functionCall ?? 0) - 36) < 0.1);
    assert.equal(chunks.functionCall ?? 0, 0);
  });
});

describe('feedCallsPerSecond', () => {
  it('is a call for each change while they are rare, sixteen for shards that always have some, and full batches beyond', () => {
    assert.equal(feedCallsPerSecond(0.1).toFixed(3), '0.100');
    assert.equal(feedCallsPerSecond(50).toFixed(2), '15.30');
    assert.equal(feedCallsPerSecond(1_000).toFixed(2), '16.00');
    assert.equal(feedCallsPerSecond(20_000).toFixed(2), '200.00');
  });
});

describe('a slice that is simulated', () => {
  const chunkUnits = (counted: Slice) => {
    const { chunks } = amountsOf(counted, 1_000);
    const perChunk = (amount = 0): number => amount / counted.chunks;
    return {
      writes: perChunk(chunks.writeUnit),
      reads: perChunk(chunks.readUnit),
      calls: perChunk(chunks.httpCall),
      feed:
        sum(
          [...counted.uses].map(([cause, { feedRecords }]) =>
            partFor(cause) === 'chunks' ? feedRecords.queue : 0,
          ),
        ) / counted.chunks,
    };
  };
  const simulate = (nodes: number, jobs: number): Promise<Slice> =>
    simulateSlice({ nodes, jobs, chunksPerJob: 12 * nodes, secondsPerChunk: 60, hours: 0, onProgress() {} });
  const assertClose = (one: number, other: number, what: string): void =>
    assert.ok(Math.abs(one / other - 1) < 0.02, `${what}: ${one} and ${other}`);

  it('says the same of a chunk when it is twice as long or has twice the nodes', async () => {
    const [once, longer, larger] = [await simulate(10, 4), await simulate(10, 8), await simulate(20, 4)];

    for (const other of [longer, larger]) {
      const [one, two] = [chunkUnits(once), chunkUnits(other)];
      assertClose(one.writes, two.writes, 'writes');
      assertClose(one.calls, two.calls, 'calls');
      assertClose(one.feed, two.feed, 'changes in the feed');
      // What is read a second before is not read again, and that happens more often on a larger farm.
      assert.ok(two.reads <= one.reads * 1.02, `reads: ${one.reads} and ${two.reads}`);
    }
    assertClose(chunkUnits(once).reads, chunkUnits(longer).reads, 'reads');
  });
});

describe('a bill', () => {
  let bill: Bill;
  before(async () => {
    bill = await makeBill(standardQuestion, () => {});
  });

  it('keeps the budgets of the design', () => {
    const idle = (of: (use: Bill['idlePerNodeHour'][number]) => number): number =>
      sum(bill.idlePerNodeHour.map(of));

    assert.ok(bill.chunkLife.writeUnits <= 7, `${bill.chunkLife.writeUnits} W a chunk`);
    assert.ok(bill.chunkLife.readUnits <= 4, `${bill.chunkLife.readUnits} R a chunk`);
    assert.ok(bill.chunkLife.dollarsPerMillion <= 8, `${bill.chunkLife.dollarsPerMillion} USD a million`);
    assert.equal(Math.round(idle(({ all }) => all.writeUnits)), 12);
    assert.equal(Math.round(idle(({ queueRequests }) => queueRequests['mailbox.receive'] ?? 0)), 180);
    assert.ok(sum(bill.atRest.map(({ dollars }) => dollars)) < 5);
  });

  it('counts for a million chunks a call, a log and a PUT each', () => {
    const { run } = bill;

    // A call is repeated here and there, when a shard of the table is hot, and a chunk of the slice is still under way at
    // its end: up to one in a hundred each.
    for (const [dollars, each] of [
      [run.dollars.logs['S3 PUTs'], 5],
      [run.dollars.logs['API Gateway'], 1],
      [run.dollars.chunks['API Gateway'], 1],
    ] as const)
      assert.ok(
        dollars !== undefined && dollars > each * 0.99 && dollars < each * 1.02,
        `${dollars} for ${each}`,
      );
    assert.equal(run.total.toFixed(6), sum(Object.values(run.dollars).map(total)).toFixed(6));
    assert.ok(run.assumed > 0 && run.assumed < run.total / 4, `${run.assumed} of ${run.total} is assumed`);
  });
});

describe('npm run cost', () => {
  const cost = (...options: string[]) =>
    promisify(execFile)(process.execPath, [join(root, 'scripts/cost.ts'), ...options]);

  it('answers with one object when it is asked for JSON, and tells its progress beside it', async () => {
    const { stdout, stderr } = await cost(
      '--nodes',
      '50',
      '--chunks',
      '1000',
      '--seconds-per-chunk',
      '10',
      '--json',
    );

    const bill = JSON.parse(stdout) as Bill;
    assert.deepEqual(bill.question, { nodes: 50, chunks: 1_000, secondsPerChunk: 10 });
    assert.ok(bill.run.nodeHours > 1_000 * (10 / 3_600));
    assert.match(stderr, /^simulates nodes at work: 25 %$/m);
  });

  it('refuses what is not a number and says which option', async () => {
    await assert.rejects(cost('--nodes', 'many'), {
      code: 2,
      stderr: '--nodes must be a whole number from 1 on, not many\n',
    });
  });
});
