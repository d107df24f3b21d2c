/** How long chunks stand still when all the nodes that render them die at once. */
import { registerNodes } from './benchNode.ts';
import { type DispatcherOptions, startDispatcher } from './dispatcher.ts';
import { benchJob } from './jobs.ts';
import { waitingNodes } from './wakeUp.ts';

export interface Loss {
  readonly name: string;
  /** Nodes that die; as many others wait for work. */
  readonly nodes: number;
  readonly leaseSeconds: number;
  readonly tickSeconds: number;
  /** From the death to the moment at which other nodes hold all the chunks. */
  readonly allRunAgainSeconds: number;
  /** The part of it that the dispatcher needed once the first chunk was given to another node. */
  readonly redistributionSeconds: number;
}

/** Short, so that the bench is. */
const LEASE_SECONDS = 4;
const TICK_SECONDS = 1;

export async function measureLoss(
  { name, nodes: count }: Pick<Loss, 'name' | 'nodes'>,
  options: DispatcherOptions,
): Promise<Loss> {
  const dispatcher = await startDispatcher({
    ...options,
    tickSeconds: TICK_SECONDS,
    configuration: { busyLeaseSeconds: LEASE_SECONDS },
  });
  const dying = await registerNodes(dispatcher.url, count, 'dying');
  await dispatcher.admin.jobSubmit({ job: benchJob(count) });
  await Promise.all(dying.map((node) => node.claim()));
  const waiting = await waitingNodes(dispatcher.url, count);
  // One last sign of life of each, all at once.
  await Promise.all(dying.map((node) => node.claim()));
  for (const node of dying) node.die();
  const diedAt = performance.now();
  const tookMs = await Promise.all(
    waiting.map(async (node) => {
      await node.nextWork();
      return performance.now() - diedAt;
    }),
  );
  for (const node of waiting) node.stop();
  await dispatcher.stop();
  return {
    name,
    nodes: count,
    leaseSeconds: LEASE_SECONDS,
    tickSeconds: TICK_SECONDS,
    allRunAgainSeconds: Math.max(...tookMs) / 1_000,
    redistributionSeconds: (Math.max(...tookMs) - Math.min(...tookMs)) / 1_000,
  };
}
