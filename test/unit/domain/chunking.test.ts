import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Chunking,
  chunkCount,
  indexesCovering,
  packetAt,
  shardCount,
} from '../../../shared/domain/chunking.ts';

const aCut = (change: Partial<Chunking> = {}): Chunking => ({
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

/** First frame of each chunk, in the order in which chunks are handed out. */
const firstFrames = (cut: Chunking): number[] =>
  Array.from({ length: chunkCount(cut) }, (_, index) => packetAt(cut, index).startFrame);

/** Jobs of every kind, small enough to look at each frame. */
const anyCut: fc.Arbitrary<Chunking> = fc
  .record({
    startFrame: fc.integer({ min: -50, max: 50 }),
    length: fc.integer({ min: 0, max: 60 }),
    byFrame: fc.constantFrom(1, 2, 3, 0.5, 0.1),
    packetType: fc.constantFrom('multiframe' as const, 'image-slices' as const),
    packetSize: fc.integer({ min: 1, max: 9 }),
    imageSlices: fc.integer({ min: 1, max: 4 }),
    chunksPriority: fc.constantFrom('forward', 'backward', 'middle-out', 'interleaved'),
    chunksInterleave: fc.integer({ min: 2, max: 12 }),
  })
  .map(({ length, ...cut }) => ({ ...cut, endFrame: cut.startFrame + length }) as Chunking);

describe('frames into chunks', () => {
  it('cuts packets of a size, the last one shorter', () => {
    const cut = aCut({ packetSize: 4 });

    const packets = [0, 1, 2].map((index) => packetAt(cut, index));

    assert.equal(chunkCount(cut), 3);
    assert.deepEqual(
      packets.map(({ startFrame, endFrame, frameCount }) => [startFrame, endFrame, frameCount]),
      [
        [1, 4, 4],
        [5, 8, 4],
        [9, 10, 2],
      ],
    );
  });

  it('steps from frame to frame and never beyond the end', () => {
    const cut = aCut({ byFrame: 4, packetSize: 2 });

    assert.deepEqual(
      [0, 1].map((index) => packetAt(cut, index)),
      [
        { startFrame: 1, endFrame: 5, byFrame: 4, frameCount: 2, slice: 0 },
        { startFrame: 9, endFrame: 9, byFrame: 4, frameCount: 1, slice: 0 },
      ],
    );
  });

  it('counts fractional steps without losing the last frame', () => {
    const cut = aCut({ startFrame: 1, endFrame: 2, byFrame: 0.1 });

    assert.equal(chunkCount(cut), 11);
    assert.deepEqual(firstFrames(cut), [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2]);
  });

  it('cuts each frame into slices with image slicing', () => {
    const cut = aCut({ endFrame: 2, packetType: 'image-slices', imageSlices: 3, packetSize: 5 });

    assert.deepEqual(
      Array.from({ length: chunkCount(cut) }, (_, index) => packetAt(cut, index)).map(
        ({ startFrame, slice }) => [startFrame, slice],
      ),
      [
        [1, 0],
        [1, 1],
        [1, 2],
        [2, 0],
        [2, 1],
        [2, 2],
      ],
    );
  });

  it('a packet larger than the job gives one chunk', () => {
    assert.equal(chunkCount(aCut({ packetSize: 999_999 })), 1);
  });

  for (const [chunksPriority, chunksInterleave, expected] of [
    ['forward', 2, [1, 2, 3, 4, 5, 6, 7]],
    ['backward', 2, [7, 6, 5, 4, 3, 2, 1]],
    ['middle-out', 2, [4, 5, 3, 6, 2, 7, 1]],
    ['interleaved', 3, [1, 4, 7, 2, 3, 5, 6]],
    ['interleaved', 2, [1, 3, 5, 7, 2, 4, 6]],
  ] as const) {
    it(`hands chunks out ${chunksPriority}, every ${chunksInterleave}`, () => {
      assert.deepEqual(firstFrames(aCut({ endFrame: 7, chunksPriority, chunksInterleave })), expected);
    });
  }

  it('middle-out of an even number begins left of the middle', () => {
    assert.deepEqual(firstFrames(aCut({ endFrame: 4, chunksPriority: 'middle-out' })), [2, 3, 1, 4]);
  });

  it('covers each frame, and each slice of it, exactly once, in whatever order', () => {
    fc.assert(
      fc.property(anyCut, (cut) => {
        const pieces: string[] = [];
        for (let index = 0; index < chunkCount(cut); index += 1) {
          const packet = packetAt(cut, index);
          for (let frame = 0; frame < packet.frameCount; frame += 1) {
            const value = (packet.startFrame + frame * packet.byFrame).toFixed(6);
            assert.ok(Number(value) <= cut.endFrame + 1e-6);
            pieces.push(`${value}/${packet.slice}`);
          }
        }
        const frames = Math.floor((cut.endFrame - cut.startFrame) / cut.byFrame + 1e-9) + 1;
        const slices = cut.packetType === 'image-slices' ? cut.imageSlices : 1;
        assert.equal(pieces.length, frames * slices);
        assert.equal(new Set(pieces).size, pieces.length);
      }),
    );
  });

  it('finds the chunks that cover frames, as looking at each of them does', () => {
    fc.assert(
      fc.property(
        anyCut,
        fc.integer({ min: -60, max: 120 }),
        fc.integer({ min: 0, max: 40 }),
        (cut, from, length) => {
          const to = from + length;
          const expected: number[] = [];
          for (let index = 0; index < chunkCount(cut); index += 1) {
            const packet = packetAt(cut, index);
            const frames = Array.from(
              { length: packet.frameCount },
              (_, frame) => packet.startFrame + frame * packet.byFrame,
            );
            if (frames.some((frame) => frame >= from - 1e-7 && frame <= to + 1e-7)) expected.push(index);
          }
          assert.deepEqual(
            indexesCovering(cut, from, to).sort((a, b) => a - b),
            expected,
          );
        },
      ),
    );
  });

  it('spreads long jobs over more partitions', () => {
    assert.deepEqual([1, 100, 101, 10_000, 10_001, 10_000_000].map(shardCount), [1, 1, 4, 4, 16, 16]);
  });
});
