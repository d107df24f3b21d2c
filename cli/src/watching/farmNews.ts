/** What has changed on the farm since the last look, read from as little as is known to have changed. */
import { type Client, RollcallError } from '../../../client/src/client.ts';
import type { Job, LiveEvent, Node } from '../../../client/src/generated.ts';
import { newestJobs } from '../newestJobs.ts';
import { listNodes } from '../nodes.ts';
import { type Change, jobChanges, nodeChanges } from './changes.ts';

/** Reading more of them than this one by one costs more than the whole list. */
const MOST_SINGLE = 10;

/** Events of one list that are to be looked at, or that all of it is. */
interface Pending {
  isAll: boolean;
  readonly events: Map<number, LiveEvent['event']>;
}

/** With no jobs at most, of nodes alone. */
export class FarmNews {
  readonly #client: Client;
  readonly #mostJobs: number;
  #jobs: ReadonlyMap<number, Job> = new Map();
  #nodes: ReadonlyMap<number, Node> = new Map();
  #readAllAt = 0;
  #pending: { readonly jobs: Pending; readonly nodes: Pending } = { jobs: nothing(), nodes: nothing() };

  constructor(client: Client, mostJobs: number) {
    this.#client = client;
    this.#mostJobs = mostJobs;
  }

  /** Every node as it was at the last look. */
  get nodes(): readonly Node[] {
    return [...this.#nodes.values()].sort((a, b) => a.id - b.id);
  }

  /** Whether there is something to look at. */
  get isWaiting(): boolean {
    return Object.values(this.#pending).some(({ isAll, events }) => isAll || events.size > 0);
  }

  /** For how long to wait before the next look: whole lists are not read more often than every so many milliseconds. */
  restMs(intervalMs: number): number {
    const { jobs, nodes } = this.#pending;
    return jobs.isAll || nodes.isAll ? Math.max(0, this.#readAllAt + intervalMs - Date.now()) : 0;
  }

  /** Takes note of what was told. */
  add(news: readonly LiveEvent[] | 'all'): void {
    const { jobs, nodes } = this.#pending;
    if (news === 'all') {
      this.#addAll();
      return;
    }
    for (const event of news) {
      const pending = event.event.startsWith('jobs/') ? jobs : nodes;
      if ('refresh' in event || !('id' in event)) pending.isAll = true;
      // That something is new is kept when it changes at once.
      else if (pending.events.get(event.id)?.endsWith('/added') !== true)
        pending.events.set(event.id, event.event);
      if (pending.events.size > MOST_SINGLE) pending.isAll = true;
    }
  }

  /** Looks at what is waiting. If that fails it waits still. */
  async look(): Promise<Change[]> {
    const { jobs, nodes } = this.#pending;
    this.#pending = { jobs: nothing(), nodes: nothing() };
    if (jobs.isAll || nodes.isAll) this.#readAllAt = Date.now();
    try {
      const [changedJobs, changedNodes] = await Promise.all([this.#readJobs(jobs), this.#readNodes(nodes)]);
      this.#jobs = changedJobs.known;
      this.#nodes = changedNodes.known;
      return [...changedJobs.changes, ...changedNodes.changes];
    } catch (error) {
      this.#addAll();
      throw error;
    }
  }

  #addAll(): void {
    this.#pending.jobs.isAll = this.#mostJobs > 0;
    this.#pending.nodes.isAll = true;
  }

  async #readJobs({ isAll, events }: Pending): Promise<Look<Job>> {
    const known = this.#jobs;
    if (isAll) {
      const { entries, isComplete } = await newestJobs(this.#client, this.#mostJobs);
      return { known: byId(entries), changes: jobChanges([...known.values()], entries, isComplete) };
    }
    const read = await readEach(events, async (id) => (await this.#client.jobGet({ id })).job);
    const changes = read.flatMap(({ id, event, entry }): Change[] => {
      const was = known.get(id);
      // One that is older than what was listed: how it was is not known.
      if (was === undefined && entry !== undefined && event === 'jobs/changed')
        return [{ event, job: entry, before: entry, changed: [] }];
      return jobChanges(was ? [was] : [], entry ? [entry] : [], true);
    });
    return { known: merged(known, read), changes };
  }

  async #readNodes({ isAll, events }: Pending): Promise<Look<Node>> {
    const known = this.#nodes;
    if (isAll) {
      const { entries } = await listNodes(this.#client);
      return { known: byId(entries), changes: nodeChanges([...known.values()], entries) };
    }
    const read = await readEach(events, async (id) => (await this.#client.nodeGet({ id })).node);
    const changes = read.flatMap(({ id, entry }) => {
      const was = known.get(id);
      return nodeChanges(was ? [was] : [], entry ? [entry] : []);
    });
    return { known: merged(known, read), changes };
  }
}

interface Look<T> {
  readonly known: ReadonlyMap<number, T>;
  readonly changes: readonly Change[];
}

interface Read<T> {
  readonly id: number;
  readonly event: LiveEvent['event'];
  /** undefined if it is gone. */
  readonly entry: T | undefined;
}

const nothing = (): Pending => ({ isAll: false, events: new Map() });

const byId = <T extends { readonly id: number }>(entries: readonly T[]): Map<number, T> =>
  new Map(entries.map((entry) => [entry.id, entry]));

const readEach = <T>(events: Pending['events'], get: (id: number) => Promise<T>): Promise<Read<T>[]> =>
  Promise.all(
    [...events].map(async ([id, event]) => {
      try {
        return { id, event, entry: await get(id) };
      } catch (error) {
        if (error instanceof RollcallError && error.code === 'not-found')
          return { id, event, entry: undefined };
        throw error;
      }
    }),
  );

function merged<T>(known: ReadonlyMap<number, T>, read: readonly Read<T>[]): Map<number, T> {
  const now = new Map(known);
  for (const { id, entry } of read) {
    if (entry === undefined) now.delete(id);
    else now.set(id, entry);
  }
  return now;
}
