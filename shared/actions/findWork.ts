/** Looks for the best job that has a chunk for a node, and takes one. */
import { classRule, type MatchClass } from '../domain/matchClass.ts';
import { type Candidate, exclusionRule, inOrder } from '../domain/scheduling.ts';
import type { Load, NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { HEADS_PER_PAGE } from '../store/jobStore.ts';
import { Patience, type Taken, takeChunk } from './takeChunk.ts';

/** What is known of a node's load; undefined: it was not looked at. */
export type KnownLoad = Load | null | undefined;

/**
 * Takes a chunk for a node, best job first; undefined if there is none. `isFresh` reads the heads anew at once;
 * without it they may be a second old and are read anew before the node is left without work: to find it the next
 * chunk here is cheaper than to wake it for it.
 */
export async function findWork(
  context: Context,
  node: NodeItem,
  load: KnownLoad,
  options: { readonly isFresh: boolean },
): Promise<Taken | undefined> {
  const patience = new Patience();
  // Jobs of one class share a template, so when its limits are used up the whole class is passed over.
  const closed = new Set<string>();
  const tried = new Set<number>();
  for await (const candidate of candidatesFor(context, node, load, closed, options)) {
    if (patience.isOver) return undefined;
    // A head that was read anew may be one that had nothing a moment ago.
    if (tried.has(candidate.jobId)) continue;
    tried.add(candidate.jobId);
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
  const classes = await fittingClasses(context, node, load);
  let queues = await Promise.all(classes.map(({ id }) => readQueue(context, id, isFresh)));
  for (;;) {
    const open = queues.filter(({ id }) => !closed.has(id));
    const next = inOrder(open.flatMap(({ heads }) => heads.slice(0, 1)))[0];
    const queue = open.find(({ id }) => id === next?.matchClass);
    if (next === undefined || queue === undefined) {
      const old = open.filter(({ isKept }) => isKept);
      if (old.length === 0) return;
      queues = await Promise.all(old.map(({ id }) => readQueue(context, id, true)));
      continue;
    }
    queue.heads.shift();
    if (queue.heads.length === 0 && queue.isLong) {
      queue.heads = await context.jobs.heads(queue.id, HEADS_PER_PAGE, next);
      queue.isLong = queue.heads.length === HEADS_PER_PAGE;
    }
    if (exclusionRule(node, next.jobId) === undefined) yield next;
  }
}

/** The line of a match class, as far as it was looked at. */
async function readQueue(context: Context, id: string, isFresh: boolean) {
  const kept = isFresh ? undefined : context.jobs.findKeptHeads(id);
  const heads = kept ?? (await context.jobs.readHeads(id));
  return { id, heads: [...heads], isLong: heads.length === HEADS_PER_PAGE, isKept: kept !== undefined };
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
