/** Sees soft restarts: they drop what was temporary, reach every node, and take no chunk from any. */
import type { NodeState } from '../../shared/model/node.ts';
import { keys } from '../../shared/store/keys.ts';
import { nodeStateOf } from '../../shared/store/nodeStore.ts';
import { configurationOf } from '../../shared/store/settingsStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';

interface RestartWitnessOptions {
  readonly now: () => number;
  readonly items: (table: TableName, partitionPrefix: string) => Iterable<Item>;
  readonly violate: (rule: string, details: string, jobId?: number) => void;
}

/** A node that was not woken hears of it with its next heartbeat, and that may take another try. */
const HEARD_MS = 400_000;
const RULE = '10 a soft restart loses nothing';

export class RestartWitness {
  readonly #options: RestartWitnessOptions;
  /** Sessions that were open at the last restart, by node. */
  #restartedAt = 0;
  #sessions: ReadonlyMap<number, string> = new Map();

  constructor(options: RestartWitnessOptions) {
    this.#options = options;
  }

  changed({ before, after }: FeedRecord): void {
    if (after?.pk !== keys.configuration.pk || after.sk !== keys.configuration.sk) return;
    const [was, is] = [configurationOf(before), configurationOf(after)];
    if (is.revision < was.revision) this.#options.violate(RULE, `revision ${was.revision} -> ${is.revision}`);
    if (is.revision <= was.revision) return;
    if (JSON.stringify(after['temporary']) !== '{}') {
      this.#options.violate(RULE, `a restart has kept ${JSON.stringify(after['temporary'])}`);
    }
    this.#restartedAt = this.#options.now();
    this.#sessions = new Map([...this.#nodes()].map(({ id, session }) => [id, session]));
  }

  /** An agent that runs something opens a new session. */
  registers(name: string, runningToken: string): void {
    for (const { id, assignment, status } of this.#nodes()) {
      if (assignment?.token !== runningToken || assignment.acceptBy !== null || status === 'offline')
        continue;
      this.#options.violate(
        RULE,
        `${name}, node ${id}, registers while it runs ${runningToken}`,
        assignment.jobId,
      );
    }
  }

  /** Nodes that are here have registered since, if that was long enough ago. */
  assertReached(isHere: (nodeId: number) => boolean): void {
    if (this.#options.now() - this.#restartedAt < HEARD_MS) return;
    for (const { id, session, status } of this.#nodes()) {
      if (status === 'offline' || !isHere(id) || this.#sessions.get(id) !== session) continue;
      this.#options.violate(RULE, `node ${id} has not registered since the last one`);
    }
  }

  *#nodes(): Generator<NodeState> {
    for (const item of this.#options.items('farm', 'NODESTATES#')) yield nodeStateOf(item);
  }
}
