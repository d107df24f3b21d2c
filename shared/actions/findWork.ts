/** Looks for the best job that has a chunk for a node, and takes one. */
import { classRule } from '../domain/matchClass.ts';
import { type Candidate, exclusionRule, inOrder } from '../domain/scheduling.ts';
import type { Load, NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { HEADS_PER_PAGE } from '../store/jobStore.ts';
import { type Patience, type Taken, takeChunk } from './takeChunk.ts';

/** Takes a chunk for a node, best job first; undefined if there is none. */
export async function findWork(
  context: Context,
  node: NodeItem,
  load: Load | null,
  patience: Patience,
): Promise<Taken | undefined> {
  for await (const candidate of candidatesFor(context, node, load)) {
    if (patience.isOver) return undefined;
    const taken = await takeChunk(context, node.id, candidate.jobId, patience);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

/** The best job for a node right now, as far as the index knows. */
export async function bestCandidate(
  context: Context,
  node: NodeItem,
  load: Load | null,
): Promise<Candidate | undefined> {
  for await (const candidate of candidatesFor(context, node, load)) return candidate;
  return undefined;
}

/**
 * Jobs that fit a node, best first. Reads only the queues of the classes that fit it, a page of heads at a
 * time, and goes on in those whose heads are used up.
 */
async function* candidatesFor(
  context: Context,
  node: NodeItem,
  load: Load | null,
): AsyncGenerator<Candidate> {
  const fitting = (await context.matchClasses.list()).filter(
    (matchClass) => classRule(node, load, matchClass) === undefined,
  );
  const queues = await Promise.all(
    fitting.map(async ({ id }) => ({ id, heads: [...(await context.jobs.keptHeads(id))], isLong: false })),
  );
  for (const queue of queues) queue.isLong = queue.heads.length === HEADS_PER_PAGE;
  for (;;) {
    const next = inOrder(queues.flatMap(({ heads }) => heads.slice(0, 1)))[0];
    if (next === undefined) return;
    const queue = queues.find(({ id }) => id === next.matchClass);
    if (queue === undefined) return;
    queue.heads.shift();
    if (queue.heads.length === 0 && queue.isLong) {
      queue.heads = await context.jobs.heads(queue.id, HEADS_PER_PAGE, next);
      queue.isLong = queue.heads.length === HEADS_PER_PAGE;
    }
    if (exclusionRule(node, next.jobId) === undefined) yield next;
  }
}
