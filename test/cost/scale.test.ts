import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Slice } from '../../scripts/cost/slice.ts';
import { addUnits, noUse, type Use } from '../../scripts/cost/use.ts';
import { type Curves, measureCurves, type Point, type WakeUp } from '../../scripts/scale/curves.ts';
import { limitsOf, nodesAt } from '../../scripts/scale/limits.ts';
import { growing, scalePage } from '../../scripts/scale/page.ts';

describe('limitsOf', () => {
  /** Two nodes at work for 30 s: a chunk each, and two heartbeats. */
  const aSlice = (): Slice => {
    const report: Use = { ...noUse(), invocations: 2, feedRecords: { queue: 6, farm: 2 } };
    addUnits(report, { table: 'queue', verb: 'update', readUnits: 0, writeUnits: 6, lostGuard: false });
    const heartbeat: Use = { ...noUse(), invocations: 4, feedRecords: { queue: 0, farm: 4 } };
    return {
      options: { nodes: 2, jobs: 1, chunksPerJob: 10, secondsPerChunk: 30, hours: 0 },
      seconds: 30,
      chunks: 2,
      jobs: 0,
      uses: new Map([
        ['nodeReport', report],
        ['nodeHeartbeat', heartbeat],
        ['projector', { ...noUse(), invocations: 9 }],
      ]),
      changes: new Map([['STATES', 2]]),
      storedBytesPerChunk: 900,
    };
  };
  const find = (what: string) => {
    const limit = limitsOf(aSlice()).find((one) => one.what === what);
    assert.ok(limit, `there is no limit of ${what}`);
    return limit;
  };

  it('counts calls over HTTP, and none of functions that follow', () => {
    const limit = find('calls of the HTTP API that a stage lets through');

    assert.equal(limit.perNode, 0.1);
    assert.equal(nodesAt(limit), 10_000);
  });

  it('takes a write of the job state for each chunk of one job', () => {
    assert.equal(nodesAt(find('writes of a job state: claims and reports of one job')), 30_000);
  });

  it('lets four shards take a hundred changes each in half a second', () => {
    const limit = find(
      'changes of `queue` that the projector follows, four shards and 0.52 s for a batch of 100',
    );

    assert.equal(limit.most.toFixed(2), '769.23');
    assert.equal(limit.perNode, 0.1);
  });

  it('has the nearest first', () => {
    const nodes = limitsOf(aSlice()).map(nodesAt);

    assert.deepEqual(
      nodes,
      [...nodes].sort((a, b) => a - b),
    );
  });
});

describe('curves', () => {
  let curves: Curves;
  before(async () => {
    const sizes = {
      backlog: [1_000, 10_000_000],
      nodes: [10, 1_000],
      jobs: [1, 1_000],
      classes: [1, 5],
      wakeUp: [20, 200],
    };
    curves = await measureCurves(sizes, () => {});
  });
  const units = ({ claim, chunk, heartbeat, submit }: Point) =>
    [submit, claim, chunk, heartbeat].map(({ writeUnits, readUnits }) => [writeUnits, readUnits]);

  it('are flat in backlog, nodes and jobs: submit, claim, chunk and heartbeat take the same', () => {
    for (const name of ['backlog', 'nodes', 'jobs'] as const) {
      for (const point of curves[name]) {
        assert.deepEqual(
          units(point),
          [
            [7, 1],
            [5, 4.5],
            [6, 2.25],
            [1, 0],
          ],
          `${name} ${point.size}`,
        );
      }
    }
  });

  it('have half a read unit more a claim for each further demand that the node meets', () => {
    assert.deepEqual(
      curves.classes.map(({ claim }) => claim.readUnits),
      [4.5, 6.5],
    );
  });

  it('say what grows', () => {
    assert.deepEqual(growing(curves.backlog), []);
    assert.match(growing(curves.nodes).join(), /^tick from 8.5 to \d+(\.5)? R$/);
  });

  it('wake every idle node in the first pass while they are few, also behind those that do not fit', () => {
    for (const { nodes, woken, secondsForAll, secondsBehindUnfit } of curves.wakeUp) {
      assert.deepEqual(woken, [nodes, 0, 0]);
      assert.equal(secondsForAll, 0);
      assert.equal(secondsBehindUnfit, 0);
    }
  });

  it('are told to people with what is reached at each scale', () => {
    const wakeUp: WakeUp[] = [{ ...(curves.wakeUp[0] as WakeUp), secondsForAll: 1_080 }];
    const page = scalePage({
      machine: 'a machine',
      secondsPerChunk: 60,
      curves: { ...curves, wakeUp },
      limits: [{ what: 'calls', most: 100, unit: 'calls', perNode: 0.01, answer: 'wait' }],
    });

    assert.match(page, /## Against chunks of the job\n\nFlat in every unit\./);
    assert.match(page, /\| 18 min \| at once \|/);
    assert.match(page, /\| calls \| 100 calls \| 0\.010 \| 10,000 nodes \|/);
    assert.match(page, /\| 1,000 \| none reached; calls: 10 % \|/);
    assert.match(page, /\| 50,000 \| reached: calls \|/);
  });
});
