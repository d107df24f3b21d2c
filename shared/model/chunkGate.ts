/** What a generation of a job knows of the hook that is asked about each of its chunks. */

/** Refused chunks that are kept; what is refused beside them is met again when the others were asked about. */
export const MOST_REFUSED = 200;
/** Refused chunks whose reason is kept. */
export const MOST_REASONS = 20;
/** Longer reasons are cut. */
export const REASON_CHARACTERS = 200;

export interface ChunkGate {
  readonly jobId: number;
  readonly generation: number;
  /** Every index below was asked about, has an item, or was refused and not kept. */
  readonly asked: number;
  /** Lowest index that was refused and not kept: the asking goes back to it from the end. Null if there is none. */
  readonly passedOver: number | null;
  /** Indexes that were refused, those that are asked about next first. */
  readonly refused: readonly number[];
  /** What the hook has said about the first of them. */
  readonly reasons: readonly string[];
}

export const newChunkGate = (jobId: number, generation: number): ChunkGate => ({
  jobId,
  generation,
  asked: 0,
  passedOver: null,
  refused: [],
  reasons: [],
});
