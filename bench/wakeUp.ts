/** How soon nodes that wait in their mailboxes have work after a job is submitted. */
import { setTimeout as delay } from 'node:timers/promises';
import { type BenchNode, registerNodes } from './benchNode.ts';
import { type DispatcherOptions, startDispatcher } from './dispatcher.ts';
import { benchJob } from './jobs.ts';
import { Mailbox } from './mailbox.ts';
import { percentile } from './percentile.ts';

export interface WakeUp {
  readonly name: string;
  readonly nodes: number;
  /** Jobs that were submitted, each with a chunk for every node. */
  readonly rounds: number;
  /** From the submit to the work order of the first node. */
  readonly firstP50Ms: number;
  readonly firstP99Ms: number;
  /** From the submit to the work order of each node. */
  readonly everyP50Ms: number;
  readonly everyP99Ms: number;
}

/** Before the next job: every node listens again, and what followed from the end of the job before is over. */
const REST_MS = 8_000;
/** The code runs hot before it counts. */
const WARM_UP_ROUNDS = 2;

export async function measureWakeUp(
  { name, nodes: nodeCount, rounds }: Pick<WakeUp, 'name' | 'nodes' | 'rounds'>,
  options: DispatcherOptions,
): Promise<WakeUp> {
  const dispatcher = await startDispatcher(options);
  const waiting = await waitingNodes(dispatcher.url, nodeCount);
  const first: number[] = [];
  const every: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    let submittedAt = 0;
    const woken = waiting.map(async (node) => {
      await node.nextWork();
      return performance.now() - submittedAt;
    });
    await delay(REST_MS);
    submittedAt = performance.now();
    await dispatcher.admin.jobSubmit({ job: benchJob(nodeCount) });
    const tookMs = await Promise.all(woken);
    // One by one, so that the end of a job does not wake nodes for nothing.
    for (const { node } of waiting) await node.report();
    if (round < 0) continue;
    first.push(Math.min(...tookMs));
    every.push(...tookMs);
  }
  for (const node of waiting) node.stop();
  await dispatcher.stop();
  return {
    name,
    nodes: nodeCount,
    rounds,
    firstP50Ms: percentile(first, 0.5),
    firstP99Ms: percentile(first, 0.99),
    everyP50Ms: percentile(every, 0.5),
    everyP99Ms: percentile(every, 0.99),
  };
}

/** An idle node that listens to its mailbox as the node agent does. */
export class WaitingNode {
  readonly node: BenchNode;
  readonly #mailbox: Mailbox;

  constructor(node: BenchNode, mailbox: Mailbox) {
    this.node = node;
    this.#mailbox = mailbox;
  }

  /** Listens until a message comes that brings work. */
  async nextWork(): Promise<void> {
    while (this.node.work === null) {
      if (await this.#mailbox.hasMail()) await this.node.claim();
    }
  }

  stop(): void {
    this.#mailbox.close();
    this.node.die();
  }
}

/** Registers nodes, tells each that there is nothing, and connects them to their mailboxes. */
export async function waitingNodes(url: string, count: number): Promise<WaitingNode[]> {
  const nodes = await registerNodes(url, count, 'waiting');
  return Promise.all(
    nodes.map(async (node) => {
      await node.claim();
      return new WaitingNode(node, await Mailbox.open(await node.mailboxCredentials()));
    }),
  );
}
