/** Looks for the best job that has a chunk for a node, and takes one. */
import { classRule, type MatchClass } from '../domain/matchClass.ts';
import { type Candidate, exclusionRule, inOrder } from '../domain/scheduling.ts';
import type { Load, NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { HEADS_PER_PAGE } from '../store/jobStore.ts';
import { Patience, type Taken, takeChunk } from './takeChunk.ts';

/** What is known of a node's load; undefined: it was not looked at. */
export type KnownLoad = Load | null | undefined;

/** Takes a chunk for a node, best job first; undefined if there is none. `isFresh` reads the heads anew. */
export async function findWork(
  context: Context,
  node: NodeItem,
  load: KnownLoad,
  options: { readonly isFresh: boolean },
): Promise<Taken | undefined> {
  const patience = new Patience();
  // Jobs of one class share a template, so when its limits are used up the whole class is passed over.
  const closed = new Set<string>();
  for await (const candidate of candidatesFor(context, node, load, closed, options)) {
    if (patience.isOver) return undefined;
    const taken = await takeChunk(context, node.id, candidate.jobId, patience);
    if (taken === 'limits-used-up') closed.add(candidate.matchClass);
    else if (taken !== undefined) return taken;
  }
  return undefined;
}

/** The best job for a node right now, as far as the index knows. */
export async function bestCandidate(
  context: Context,
  node: NodeItem,
  load: KnownLoad,
): Promise<Candidate | undefined> {
  for await (const candidate of candidatesFor(context, node, load, new Set(), { isFresh: false })) {
    return candidate;
  }
  return undefined;
}

/**
 * Jobs that fit a node, best first. Reads only the queues of the classes that fit it, a page of heads at a
 * time, and goes on in those whose heads are used up. Classes in `closed` are left out, also on the way.
 */
async function* candidatesFor(
  context: Context,
  node: NodeItem,
  load: KnownLoad,
  closed: ReadonlySet<string>,
  { isFresh }: { readonly isFresh: boolean },
): AsyncGenerator<Candidate> {
  const queues = await Promise.all(
    (await fittingClasses(context, node, load)).map(async ({ id }) => {
      const heads = isFresh ? await context.jobs.heads(id, HEADS_PER_PAGE) : await context.jobs.keptHeads(id);
      return { id, heads: [...heads], isLong: heads.length === HEADS_PER_PAGE };
    }),
  );
  for (;;) {
    const open = queues.filter(({ id }) => !closed.has(id));
    const next = inOrder(open.flatMap(({ heads }) => heads.slice(0, 1)))[0];
    const queue = open.find(({ id }) => id === next?.matchClass);
    if (next === undefined || queue === undefined) return;
    queue.heads.shift();
    if (queue.heads.length === 0 && queue.isLong) {
      queue.heads = await context.jobs.heads(queue.id, HEADS_PER_PAGE, next);
      queue.isLong = queue.heads.length === HEADS_PER_PAGE;
    }
    if (exclusionRule(node, next.jobId) === undefined) yield next;
  }
}

/** Classes that fit a node. Its load is looked up only if some class asks for free memory or disk space. */
async function fittingClasses(context: Context, node: NodeItem, load: KnownLoad): Promise<MatchClass[]> {
  const classes = await context.matchClasses.list();
  const asksForLoad = classes.some(
    ({ minimumRamMb, minimumDiskSpaceMb }) => minimumRamMb !== null || minimumDiskSpaceMb !== null,
  );
  const known =
    load === undefined && asksForLoad
      ? (await context.nodes.findState(node.id, { consistent: false }))?.load
      : load;
  return classes.filter((matchClass) => classRule(node, known ?? null, matchClass) === undefined);
}
