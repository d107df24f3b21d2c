/**
 * Frames and packet size into chunks. Chunk *i* is a pure function of the job until somebody touches it, so
 * submitting a million frames costs what submitting one costs. Indexes count from 0 in the order in which
 * chunks are handed out; `place` is the position of a packet in frame order.
 */
import type { Packet } from '../model/chunk.ts';
import type { JobSpec } from '../model/job.ts';

/** The fields of a job that its chunks are computed from. A change of one asks for a new generation. */
export const chunkingFields = [
  'startFrame',
  'endFrame',
  'byFrame',
  'packetType',
  'packetSize',
  'imageSlices',
  'chunksPriority',
  'chunksInterleave',
] as const satisfies readonly (keyof JobSpec)[];
export type Chunking = Pick<JobSpec, (typeof chunkingFields)[number]>;

/** Most chunks of a job: chunk ids stay below it and a page token can name any of them. */
export const MAXIMUM_CHUNKS = 10_000_000;

/** Frames of a job; 0 when the end is before the start. A step of 0.1 from 1 to 2 has 11. */
export function frameCount(job: Chunking): number {
  return Math.max(0, Math.floor(stepsTo(job, job.endFrame) + TOLERANCE) + 1);
}

/** Number of chunks of a job. */
export function chunkCount(job: Chunking): number {
  const frames = frameCount(job);
  return job.packetType === 'image-slices' ? frames * job.imageSlices : Math.ceil(frames / job.packetSize);
}

/** The frames of the chunk at an index; the index must be below {@link chunkCount}. */
export function packetAt(job: Chunking, index: number): Packet {
  const place = placeOf(job, index);
  if (job.packetType === 'image-slices') {
    const frame = frameAt(job, Math.floor(place / job.imageSlices));
    return {
      startFrame: frame,
      endFrame: frame,
      byFrame: job.byFrame,
      frameCount: 1,
      slice: place % job.imageSlices,
    };
  }
  const first = place * job.packetSize;
  const count = Math.min(job.packetSize, frameCount(job) - first);
  return {
    startFrame: frameAt(job, first),
    endFrame: frameAt(job, first + count - 1),
    byFrame: job.byFrame,
    frameCount: count,
    slice: 0,
  };
}

/** Indexes of the chunks that hold at least one frame between two frames, both inclusive, in frame order. */
export function indexesCovering(job: Chunking, startFrame: number, endFrame: number): number[] {
  const frames = frameCount(job);
  const first = Math.max(0, Math.ceil(stepsTo(job, startFrame) - TOLERANCE));
  const last = Math.min(frames - 1, Math.floor(stepsTo(job, endFrame) + TOLERANCE));
  if (first > last) return [];
  const [from, to] =
    job.packetType === 'image-slices'
      ? [first * job.imageSlices, (last + 1) * job.imageSlices - 1]
      : [Math.floor(first / job.packetSize), Math.floor(last / job.packetSize)];
  return Array.from({ length: to - from + 1 }, (_, offset) => indexOf(job, from + offset));
}

/** Number of partitions that a job's chunks are spread over: 1, 4 or 16, by its length. */
export const shardCount = (total: number): number => (total <= 100 ? 1 : total <= 10_000 ? 4 : 16);

/** Steps that a frame may miss its place by: a step of 2/3 is written with so many digits and no more. */
const TOLERANCE = 1e-9;
/** Digits behind the point up to which frames are counted in whole numbers. */
const EXACT_DIGITS = 15;

/**
 * Steps from the first frame to another one. In whole numbers of the smallest decimal place that is used, since
 * binary fractions lose what matters: (2 - 1) / 0.1 is 9.999…, and far from 0 it is worse.
 */
function stepsTo({ startFrame, byFrame }: Chunking, frame: number): number {
  const digits = Math.max(decimals(startFrame), decimals(byFrame), decimals(frame));
  if (digits === 0 || digits > EXACT_DIGITS) return (frame - startFrame) / byFrame;
  const scale = 10 ** digits;
  return (Math.round(frame * scale) - Math.round(startFrame * scale)) / Math.round(byFrame * scale);
}

/**
 * The frame at a position, as the decimal number that people count in: 1 + 3 × 0.1 is 1.3 and not
 * 1.3000000000000003. Sums of two decimal numbers have no more digits behind the point than the two.
 */
function frameAt({ startFrame, byFrame }: Chunking, position: number): number {
  const digits = Math.max(decimals(startFrame), decimals(byFrame));
  const frame = startFrame + position * byFrame;
  // Adding 0 makes 0 of -0.
  return digits === 0 ? frame : Number(frame.toFixed(digits)) + 0;
}

/** Digits behind the point of a number as it is written; 100 is the most that can be asked for. */
function decimals(number: number): number {
  if (Number.isInteger(number)) return 0;
  const [digits = '', exponent = '0'] = String(number).split('e');
  return Math.min(100, Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent)));
}

/** Place in frame order of the packet that is handed out as the index-th. */
function placeOf(job: Chunking, index: number): number {
  const total = chunkCount(job);
  switch (job.chunksPriority) {
    case 'forward':
      return index;
    case 'backward':
      return total - 1 - index;
    case 'middle-out': {
      const middle = Math.floor((total - 1) / 2);
      return index % 2 === 1 ? middle + (index + 1) / 2 : middle - index / 2;
    }
    case 'interleaved': {
      const every = job.chunksInterleave;
      const firstPass = Math.ceil(total / every);
      if (index < firstPass) return index * every;
      const between = index - firstPass;
      return between + Math.floor(between / (every - 1)) + 1;
    }
  }
}

/** Inverse of {@link placeOf}. */
function indexOf(job: Chunking, place: number): number {
  const total = chunkCount(job);
  switch (job.chunksPriority) {
    case 'forward':
      return place;
    case 'backward':
      return total - 1 - place;
    case 'middle-out': {
      const middle = Math.floor((total - 1) / 2);
      return place > middle ? (place - middle) * 2 - 1 : (middle - place) * 2;
    }
    case 'interleaved': {
      const every = job.chunksInterleave;
      if (place % every === 0) return place / every;
      return Math.ceil(total / every) + place - Math.floor(place / every) - 1;
    }
  }
}
