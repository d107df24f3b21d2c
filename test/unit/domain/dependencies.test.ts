import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  dependenciesMet,
  findCycle,
  followsChunks,
  isChunkDone,
  isSatisfied,
  waitingFor,
} from '../../../shared/domain/dependencies.ts';
import { chunkStatusNames } from '../../../shared/model/chunk.ts';
import { dependModes, type JobStatus, jobStatusNames } from '../../../shared/model/job.ts';

const modes = ['success', 'ended', 'failure'] as const;

// biome-ignore format: a table is read by its columns
const satisfied: { readonly [S in JobStatus]: readonly [success: boolean, ended: boolean, failure: boolean] } = {
  //                          success ended  failure
  waiting:                   [false,  false, false],
  delayed:                   [false,  false, false],
  queued:                    [false,  false, false],
  'in-progress':             [false,  false, false],
  completed:                 [true,   true,  false],
  'completed-with-warnings': [true,   true,  false],
  failed:                    [false,  true,  true],
  // A deleted parent holds nobody up.
  deleting:                  [true,   true,  true],
  folder:                    [false,  false, false],
};

describe('one parent', () => {
  it('is enough for its child as written here', () => {
    assert.deepEqual(Object.keys(dependModes), [...modes]);
    for (const status of jobStatusNames) {
      assert.deepEqual(
        [status, ...modes.map((mode) => isSatisfied(mode, status))],
        [status, ...satisfied[status]],
      );
    }
  });

  it('that is gone holds nobody up', () => {
    assert.deepEqual(
      modes.map((mode) => isSatisfied(mode, undefined)),
      [true, true, true],
    );
  });
});

describe('several parents', () => {
  const met = (dependLinkMode: 'all' | 'any' | 'chunks', ...statuses: (JobStatus | undefined)[]): boolean =>
    dependenciesMet(
      { dependIds: statuses.map((_, position) => position + 1), dependMode: 'success', dependLinkMode },
      statuses.map((status, position) => ({ id: position + 1, status })),
    );

  it('are enough when all are, or one is, as asked', () => {
    assert.equal(met('all', 'completed', 'completed'), true);
    assert.equal(met('all', 'completed', 'queued'), false);
    assert.equal(met('all', 'completed', undefined), true);
    assert.equal(met('any', 'failed', 'completed'), true);
    assert.equal(met('any', 'failed', 'queued'), false);
    assert.equal(met('chunks', 'queued', 'failed'), true);
  });

  it('that are none hold nobody up, whatever the mode', () => {
    assert.equal(met('all'), true);
    assert.equal(met('any'), true);
    assert.equal(met('chunks'), true);
  });

  it('are named one by one while they are waited for', () => {
    const parents = [
      { id: 1, status: 'completed' as const },
      { id: 2, status: 'queued' as const },
      { id: 3, status: 'failed' as const },
    ];

    assert.deepEqual(
      waitingFor({ dependIds: [1, 2, 3], dependMode: 'success', dependLinkMode: 'all' }, parents),
      [
        'waits for job 2, which is queued, to end with success',
        'waits for job 3, which is failed, to end with success',
      ],
    );
  });
});

describe('a job that follows chunks', () => {
  it('has parents and asks for it', () => {
    const job = (dependIds: number[], dependLinkMode: 'all' | 'any' | 'chunks') =>
      followsChunks({ dependIds, dependMode: 'success', dependLinkMode });

    assert.equal(job([1], 'chunks'), true);
    assert.equal(job([], 'chunks'), false);
    assert.equal(job([1], 'all'), false);
    assert.equal(job([1], 'any'), false);
  });

  it('goes on when a chunk of its parent completed, with or without warnings', () => {
    assert.deepEqual(
      chunkStatusNames.filter((status) => isChunkDone(status)),
      ['completed', 'warning'],
    );
    assert.equal(isChunkDone(undefined), false);
  });
});

describe('a cycle', () => {
  const cases: readonly [string, [number, number[]][], number, number[], number[] | undefined][] = [
    ['of a job with itself', [], 1, [1], [1, 1]],
    ['of two jobs', [[2, [1]]], 1, [2], [1, 2, 1]],
    [
      'of many',
      [
        [2, [3]],
        [3, [4]],
        [4, [1]],
      ],
      1,
      [2],
      [1, 2, 3, 4, 1],
    ],
    [
      'behind a second parent',
      [
        [2, []],
        [3, [1]],
      ],
      1,
      [2, 3],
      [1, 3, 1],
    ],
    [
      'that the job is not part of is none of its own',
      [
        [2, [3]],
        [3, [2]],
      ],
      1,
      [2],
      undefined,
    ],
    [
      'is none where two ways lead to the same parent',
      [
        [2, [4]],
        [3, [4]],
        [4, []],
      ],
      1,
      [2, 3],
      undefined,
    ],
    [
      'is told by the shortest way',
      [
        [2, [3]],
        [3, [1]],
        [4, [1]],
      ],
      1,
      [2, 4],
      [1, 4, 1],
    ],
    ['is none without parents', [[2, [1]]], 1, [], undefined],
  ];
  for (const [what, edges, jobId, dependIds, path] of cases) {
    it(what, () => {
      assert.deepEqual(findCycle(new Map(edges), jobId, dependIds), path);
    });
  }

  it('is found exactly when the job can be reached from its parents', () => {
    const graphs = fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(graphs, (edges) => {
        const graph = new Map(edges.map((parents, id) => [id, parents]));
        const start = edges[0] ?? [];
        const reached = new Set(start);
        for (const id of reached) for (const parent of edges[id] ?? []) reached.add(parent);

        const path = findCycle(graph, 0, start);

        assert.equal(path !== undefined, reached.has(0));
        if (path === undefined) return;
        assert.deepEqual([path[0], path.at(-1)], [0, 0]);
        for (const [position, id] of path.slice(0, -1).entries())
          assert.ok((edges[id] ?? []).includes(path[position + 1] ?? -1));
      }),
      { numRuns: 500 },
    );
  });

  it('is looked for in a chain of any length', () => {
    const chain = new Map(Array.from({ length: 100_000 }, (_, id) => [id + 1, [id + 2]]));

    assert.equal(findCycle(chain, 0, [1]), undefined);
  });
});
