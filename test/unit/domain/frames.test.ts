/** The decimal numbers that frames are: counted exactly, far from 0 and with small steps too. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Chunking,
  chunkCount,
  frameCount,
  indexesCovering,
  packetAt,
} from '../../../shared/domain/chunking.ts';

const chunking = (change: Partial<Chunking> = {}): Chunking => ({
  startFrame: 1,
  endFrame: 10,
  byFrame: 1,
  packetType: 'multiframe',
  packetSize: 1,
  imageSlices: 1,
  chunksPriority: 'forward',
  chunksInterleave: 2,
  ...change,
});

const indexes = (job: Chunking): number[] => Array.from({ length: chunkCount(job) }, (_, index) => index);
const packets = (job: Chunking) => indexes(job).map((index) => packetAt(job, index));
const startFrames = (job: Chunking): number[] => packets(job).map(({ startFrame }) => startFrame);

/** Frames of a job in thousandths, which are exact. */
const exactFrames = ({ startFrame, endFrame, byFrame }: Chunking): number[] => {
  const [start, end, by] = [startFrame, endFrame, byFrame].map((number) => Math.round(number * 1_000)) as [
    number,
    number,
    number,
  ];
  const frames: number[] = [];
  for (let frame = start; frame <= end; frame += by) frames.push(frame);
  return frames;
};

/** Frames and slices of every packet, in thousandths. */
const coveredFrames = (job: Chunking): string[] =>
  packets(job).flatMap(({ startFrame, byFrame, frameCount: count, slice }) =>
    Array.from(
      { length: count },
      (_, position) => `${Math.round((startFrame + position * byFrame) * 1_000)} ${slice}`,
    ),
  );

const thousandths = (minimum: number, maximum: number) =>
  fc.integer({ min: minimum * 1_000, max: maximum * 1_000 }).map((number) => number / 1_000);

const jobs: fc.Arbitrary<Chunking> = fc
  .record({
    startFrame: fc.oneof(fc.integer({ min: -500, max: 500 }), thousandths(-500, 500)),
    length: fc.oneof(fc.integer({ min: 0, max: 300 }), thousandths(0, 300)),
    byFrame: fc.oneof(fc.integer({ min: 1, max: 40 }), thousandths(0.2, 40)),
    packetType: fc.constantFrom('multiframe' as const, 'image-slices' as const),
    packetSize: fc.integer({ min: 1, max: 60 }),
    imageSlices: fc.integer({ min: 1, max: 5 }),
    chunksPriority: fc.constantFrom('forward', 'backward', 'middle-out', 'interleaved'),
    chunksInterleave: fc.integer({ min: 2, max: 40 }),
  })
  .map(
    ({ length, ...job }): Chunking => ({
      ...job,
      endFrame: Math.round((job.startFrame + length) * 1_000) / 1_000,
    }),
  );

describe('frames', () => {
  const counts: readonly [string, Partial<Chunking>, number][] = [
    ['one frame', { startFrame: 7, endFrame: 7 }, 1],
    ['both ends', { startFrame: 1, endFrame: 100 }, 100],
    ['no frame beyond the end', { startFrame: 1, endFrame: 10, byFrame: 4 }, 3],
    ['a step larger than the range', { startFrame: 1, endFrame: 10, byFrame: 50 }, 1],
    ['negative frames', { startFrame: -5, endFrame: 5 }, 11],
    ['steps of a tenth', { startFrame: 1, endFrame: 2, byFrame: 0.1 }, 11],
    ['steps of a third', { startFrame: 0, endFrame: 1, byFrame: 1 / 3 }, 4],
    ['the last step of many', { startFrame: 0, endFrame: 100_000, byFrame: 0.1 }, 1_000_001],
    ['an end between two steps', { startFrame: 0, endFrame: 0.95, byFrame: 0.1 }, 10],
    ['the last step far from 0', { startFrame: -9_000_000, endFrame: -8_999_999.99, byFrame: 0.001 }, 11],
    ['steps of two thirds as far as they are written', { startFrame: 0, endFrame: 2, byFrame: 2 / 3 }, 4],
    ['one frame whatever the step', { startFrame: 1, endFrame: 1, byFrame: 1e-120 }, 1],
    ['nothing when the end is before the start', { startFrame: 2, endFrame: 1 }, 0],
  ];
  for (const [what, change, count] of counts) {
    it(`count ${what}`, () => {
      assert.equal(frameCount(chunking(change)), count);
    });
  }

  it('are counted exactly for the longest jobs with the smallest steps', () => {
    const job = chunking({
      startFrame: -10_000_000,
      endFrame: 10_000_000,
      byFrame: 0.001,
      packetSize: 2_000,
    });

    assert.equal(frameCount(job), 20_000_000_001);
    assert.equal(chunkCount(job), 10_000_001);
  });

  it('are the decimal numbers that people count in', () => {
    assert.deepEqual(
      startFrames(chunking({ startFrame: 1, endFrame: 1.5, byFrame: 0.1 })),
      [1, 1.1, 1.2, 1.3, 1.4, 1.5],
    );
    assert.deepEqual(
      startFrames(chunking({ startFrame: -0.2, endFrame: 0.2, byFrame: 0.1 })),
      [-0.2, -0.1, 0, 0.1, 0.2],
    );
    assert.equal(packetAt(chunking({ startFrame: -100, endFrame: 1, byFrame: 0.1 }), 1_001).startFrame, 0.1);
    assert.equal(
      packetAt(chunking({ startFrame: 9_999_999, endFrame: 10_000_000, byFrame: 0.000001 }), 1).startFrame,
      9_999_999.000001,
    );
  });
});

describe('packets', () => {
  it('cover each frame and slice exactly once, in whatever order', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const slices = job.packetType === 'image-slices' ? job.imageSlices : 1;
        const expected = exactFrames(job).flatMap((frame) =>
          Array.from({ length: slices }, (_, slice) => `${frame} ${slice}`),
        );

        assert.deepEqual(coveredFrames(job).sort(), expected.sort());
      }),
    );
  });

  it('end with their last frame, never beyond the job', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        for (const { startFrame, endFrame, byFrame, frameCount: count } of packets(job)) {
          assert.equal(
            Math.round(endFrame * 1_000),
            Math.round(startFrame * 1_000) + (count - 1) * Math.round(byFrame * 1_000),
          );
          assert.ok(endFrame <= job.endFrame);
        }
      }),
    );
  });

  it('hold frames that differ, whatever the step', () => {
    const steps = fc.record({
      startFrame: fc.double({ min: -10_000_000, max: 10_000_000, noNaN: true }),
      byFrame: fc.double({ min: 1e-6, max: 1_000, noNaN: true }),
    });
    fc.assert(
      fc.property(steps, ({ startFrame, byFrame }) => {
        const job = chunking({ startFrame, byFrame, endFrame: startFrame + byFrame * 20.5 });
        const frames = startFrames(job);

        assert.equal(new Set(frames).size, frames.length);
        assert.deepEqual(
          frames.toSorted((a, b) => a - b),
          frames,
        );
      }),
    );
  });
});

describe('indexes that cover frames', () => {
  const overlaps = (job: Chunking, index: number, from: number, to: number): boolean => {
    const packet = packetAt(job, index);
    return Array.from({ length: packet.frameCount }, (_, position) =>
      Math.round((packet.startFrame + position * packet.byFrame) * 1_000),
    ).some((frame) => frame >= Math.round(from * 1_000) && frame <= Math.round(to * 1_000));
  };

  it('are those of the packets with a frame in between, by trying all', () => {
    const ranges = fc.record({ job: jobs, from: thousandths(-600, 600), length: thousandths(0, 200) });
    fc.assert(
      fc.property(ranges, ({ job, from, length }) => {
        const to = Math.round((from + length) * 1_000) / 1_000;
        const expected = indexes(job).filter((index) => overlaps(job, index, from, to));

        assert.deepEqual(
          indexesCovering(job, from, to).toSorted((a, b) => a - b),
          expected,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('are exact at the first and last frame of each packet of any size', () => {
    for (let packetSize = 1; packetSize <= 200; packetSize += 1) {
      const job = chunking({ startFrame: 0, endFrame: packetSize * 3 - 1, packetSize });
      const found = [0, 1, 2].map((index) => [
        indexesCovering(job, index * packetSize, index * packetSize),
        indexesCovering(job, (index + 1) * packetSize - 1, (index + 1) * packetSize - 1),
      ]);

      assert.deepEqual(found, [
        [[0], [0]],
        [[1], [1]],
        [[2], [2]],
      ]);
    }
  });

  it('come in frame order', () => {
    const job = chunking({ chunksPriority: 'backward', packetSize: 2 });

    assert.deepEqual(indexesCovering(job, 3, 6), [3, 2]);
  });

  it('are none outside the job and between two frames', () => {
    const job = chunking({ byFrame: 2 });

    assert.deepEqual(indexesCovering(job, 11, 20), []);
    assert.deepEqual(indexesCovering(job, -5, 0), []);
    assert.deepEqual(indexesCovering(job, 2, 2), []);
  });

  it('are the inverse of the place of each packet, in every order', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        for (const index of indexes(job)) {
          const { startFrame, slice } = packetAt(job, index);
          const found = indexesCovering(job, startFrame, startFrame);
          const slices = job.packetType === 'image-slices' ? job.imageSlices : 1;

          assert.equal(found.length, slices);
          assert.equal(found[slice], index);
        }
      }),
    );
  });
});
