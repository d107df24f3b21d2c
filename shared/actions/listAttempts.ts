/** The history of a job's chunks, generation by generation. */
import * as z from 'zod/mini';
import { invalidInput, notFound } from '../errors.ts';
import { boundedInt, boundedText } from '../model/bounded.ts';
import type { HistoryChunk } from '../model/history.ts';
import { onDemand } from '../model/onDemand.ts';
import type { Context } from '../runtime/context.ts';
import type { AttemptPage } from '../store/historyStore.ts';

/** Generations that one call looks through at most, so that a page ends in time. */
const GENERATIONS_PER_CALL = 20;

const tokenSchema = onDemand(() =>
  z.strictObject({
    generation: boundedInt(1),
    after: z.optional(boundedText(1, 64)),
  }),
);

export interface AttemptQuery {
  readonly jobId: number;
  readonly chunkId?: number | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** A page of attempts; of a deleted job too, as long as its history is kept. */
export async function listAttempts(
  context: Context,
  { jobId, chunkId, limit, pageToken }: AttemptQuery,
): Promise<{ attempts: HistoryChunk[]; nextPageToken: string | null }> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  const lastGeneration = state?.generation ?? (await generationsOfDeleted(context, jobId));
  if (chunkId !== undefined && state !== undefined && state.status !== 'deleting' && chunkId > state.total) {
    throw notFound(`chunk of job ${jobId}`, chunkId);
  }
  const start = readToken(pageToken);
  const attempts: HistoryChunk[] = [];
  let after: AttemptPage['next'] = start.after;
  for (let generation = start.generation; generation <= lastGeneration; generation += 1) {
    const page = await context.history.attempts(jobId, generation, {
      index: chunkId === undefined ? undefined : chunkId - 1,
      limit: limit - attempts.length,
      after,
    });
    attempts.push(...page.attempts);
    after = page.next;
    if (after !== undefined) return { attempts, nextPageToken: token(generation, after) };
    const isLast = generation === lastGeneration;
    if (!isLast && (attempts.length >= limit || generation - start.generation + 1 >= GENERATIONS_PER_CALL)) {
      return { attempts, nextPageToken: token(generation + 1, undefined) };
    }
  }
  return { attempts, nextPageToken: null };
}

async function generationsOfDeleted(context: Context, jobId: number): Promise<number> {
  const tombstone = await context.jobs.findTombstone(jobId);
  if (tombstone === undefined) throw notFound('job', jobId);
  return tombstone.generation;
}

const token = (generation: number, after: AttemptPage['next']): string =>
  Buffer.from(JSON.stringify({ generation, after })).toString('base64url');

function readToken(text: string | undefined): {
  readonly generation: number;
  readonly after: AttemptPage['next'];
} {
  if (text === undefined) return { generation: 1, after: undefined };
  try {
    const { generation, after } = tokenSchema().parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { generation, after };
  } catch {
    throw invalidInput('pageToken', 'must be the nextPageToken of a page of this very list');
  }
}
