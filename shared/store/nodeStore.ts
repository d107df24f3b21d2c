/**
 * Nodes and their states. A node is identity and settings; its state is the hot part and at the same time the
 * desired state that each heartbeat returns. Writes are guarded by the session and by the assignment as seen.
 */
import { liveStatus } from '../domain/nodeStatus.ts';
import type { Assignment, Load, NodeItem, NodeState } from '../model/node.ts';
import { keys, SHARDS } from './keys.ts';
import { everyItem, mergedPage } from './pages.ts';
import {
  absent,
  type Changes,
  equals,
  type Guard,
  type Item,
  isNew,
  isThere,
  notEquals,
  type Page,
  type Table,
  type Value,
} from './table.ts';

export type NodeStateWrite =
  | { readonly applied: true; readonly state: NodeState }
  | { readonly applied: false; readonly present: NodeState | undefined };

/** What a node should be all the time, by hand; it keeps this while it is offline and when it registers again. */
export type NodeWish = Pick<NodeState, 'paused' | 'processPriority' | 'realtimeLog'>;

/** The assignment that a write expects: its token, or none. */
const holds = (token: string | null) =>
  token === null ? absent('assignment') : equals('assignment.token', token);

export function nodeStore(table: Table) {
  async function change(id: number, changes: Changes, guard: Guard): Promise<NodeStateWrite> {
    const result = await table.update('farm', keys.nodeState(id), changes, guard);
    if (result.applied) return { applied: true, state: nodeStateOf(result.item as Item) };
    return {
      applied: false,
      present: result.present === undefined ? undefined : nodeStateOf(result.present),
    };
  }

  return {
    /** Pattern N1. */
    async find(id: number, options: { readonly consistent: boolean }): Promise<NodeItem | undefined> {
      const item = await table.get('farm', keys.node(id), options);
      return item === undefined ? undefined : nodeOf(item);
    },

    /** Pattern N2. */
    async findState(id: number, options: { readonly consistent: boolean }): Promise<NodeState | undefined> {
      const item = await table.get('farm', keys.nodeState(id), options);
      return item === undefined ? undefined : nodeStateOf(item);
    },

    /** Pattern N4. */
    async findMany(ids: readonly number[]): Promise<Map<number, NodeItem>> {
      const items = await table.batchGet('farm', ids.map(keys.node));
      return new Map(items.map((item) => [keys.idIn(item.sk), nodeOf(item)]));
    },

    /** Pattern N5. */
    async findStates(
      ids: readonly number[],
      options: { readonly consistent: boolean },
    ): Promise<Map<number, NodeState>> {
      const items = await table.batchGet('farm', ids.map(keys.nodeState), options);
      return new Map(items.map((item) => [keys.idIn(item.sk), nodeStateOf(item)]));
    },

    /** Who has a name: id and hash of the node's secret. Pattern N3. */
    async findName(name: string): Promise<{ nodeId: number; secretHash: string } | undefined> {
      const item = await table.get('farm', keys.nodeName(name), { consistent: true });
      return item === undefined
        ? undefined
        : { nodeId: Number(item['nodeId']), secretHash: String(item['secretHash']) };
    },

    /** Claims a name for a new node; false if somebody has it. */
    async claimName(name: string, nodeId: number, secretHash: string): Promise<boolean> {
      return (await table.put('farm', { ...keys.nodeName(name), nodeId, secretHash }, isNew)).applied;
    },

    /** Gives a name to the holder of another secret, if nobody did meanwhile. */
    async passName(name: string, nodeId: number, seenHash: string, secretHash: string): Promise<boolean> {
      const guard = [equals('secretHash', seenHash)];
      return (await table.put('farm', { ...keys.nodeName(name), nodeId, secretHash }, guard)).applied;
    },

    /** Writes a node at the version after the one that was seen, if nobody changed it meanwhile. */
    async replace(node: NodeItem): Promise<boolean> {
      const { item, guard } = nodeWrite(node);
      return (await table.put('farm', item, guard)).applied;
    },

    /**
     * Replaces the whole state, guarded by what was seen of session, assignment and commands: a wish that somebody
     * was told is kept must not be overwritten by an older one. For register.
     */
    async replaceState(state: NodeState, seen: NodeState): Promise<boolean> {
      const guard = [
        equals('session', seen.session),
        equals('commandNo', seen.commandNo),
        holds(seen.assignment?.token ?? null),
      ];
      return (await table.put('farm', nodeStateItem(state), guard)).applied;
    },

    /** Writes a node that has no state yet and its first one, unless its name was removed or passed on meanwhile. */
    async add(node: NodeItem, state: NodeState, secretHash: string): Promise<boolean> {
      const name = { ...keys.nodeName(node.name), nodeId: node.id, secretHash };
      const result = await table.transact([
        {
          kind: 'put',
          table: 'farm',
          item: name,
          guard: [equals('nodeId', node.id), equals('secretHash', secretHash)],
        },
        { kind: 'put', table: 'farm', ...nodeWrite(node) },
        { kind: 'put', table: 'farm', item: nodeStateItem(state), guard: isNew },
      ]);
      return result.applied;
    },

    /** Nodes and states of a page, by id. Pattern N6. */
    async list(options: { after: number | undefined; limit: number }): Promise<{
      readonly nodes: readonly { node: NodeItem; state: NodeState }[];
      readonly nextAfter: number | undefined;
    }> {
      const page = await mergedPage(table, 'farm', keys.nodePartition, options);
      const states = await this.findStates(
        page.items.map((item) => keys.idIn(item.sk)),
        { consistent: false },
      );
      const nodes = page.items.flatMap((item) => {
        const state = states.get(keys.idIn(item.sk));
        return state === undefined ? [] : [{ node: nodeOf(item), state }];
      });
      return { nodes, nextAfter: page.nextAfter };
    },

    /** Every node, by id; for what is asked rarely and by hand. Pattern N14. */
    async all(options: { readonly consistent: boolean }): Promise<NodeItem[]> {
      const shards = await Promise.all(
        Array.from({ length: SHARDS }, async (_, shard) => {
          const query = { table: 'farm', partition: keys.nodePartition(shard), ...options } as const;
          const nodes: NodeItem[] = [];
          for await (const item of everyItem(table, query)) nodes.push(nodeOf(item));
          return nodes;
        }),
      );
      return shards.flat().sort((a, b) => a.id - b.id);
    },

    /** Ids of nodes that are not offline; the index may lag. Pattern N7. */
    async *online(): AsyncGenerator<number> {
      const query = { table: 'farm', index: 'online', partition: keys.onlinePartition } as const;
      for await (const item of everyItem(table, query)) yield keys.idIn(item.sk);
    },

    /** The next nodes after some id that are not offline, at most so many; the index may lag. Pattern N7. */
    async onlineAfter(id: number, limit: number): Promise<number[]> {
      const from = keys.sortOf(id + 1);
      const query = { table: 'farm', index: 'online', partition: keys.onlinePartition, from, limit } as const;
      return (await table.query(query)).items.map((item) => keys.idIn(item.sk));
    },

    /** States of the nodes of one shard, offline ones too. Pattern N8. */
    async *statesOfShard(shard: number): AsyncGenerator<NodeState> {
      const query = { table: 'farm', partition: keys.nodeStatePartition(shard) } as const;
      for await (const item of everyItem(table, query)) yield nodeStateOf(item);
    },

    /**
     * Ids of idle nodes, page after page, at most so many a shard in each, longest idle first; the index may lag.
     * Pattern N12.
     */
    async *idlePages(perShard: number): AsyncGenerator<number[]> {
      const places = new Map<number, Page['next']>(
        Array.from({ length: SHARDS }, (_, shard) => [shard, undefined]),
      );
      while (places.size > 0) {
        const pages = await Promise.all(
          [...places].map(async ([shard, after]) => {
            const partition = keys.idlePartitionOfShard(shard);
            const query = { table: 'farm', index: 'idle', partition, limit: perShard } as const;
            const page = await table.query({ ...query, ...(after && { after }) });
            if (page.next === undefined) places.delete(shard);
            else places.set(shard, page.next);
            return page.items;
          }),
        );
        yield pages
          .flat()
          .sort((a, b) => (String(a['idleSk']) < String(b['idleSk']) ? -1 : 1))
          .map((item) => keys.idIn(item.sk));
      }
    },

    /** Ids of nodes that hold a chunk of a job; the index may lag. Pattern N13. */
    async working(jobId: number): Promise<number[]> {
      const ids: number[] = [];
      const query = { table: 'farm', index: 'working', partition: keys.workingPartition(jobId) } as const;
      for await (const item of everyItem(table, query)) ids.push(keys.idIn(item.sk));
      return ids;
    },

    /**
     * Gives an assignment. Guarded: session, not paused, alive, and the assignment as seen. A node that was
     * offline comes back with it only by its own claim, which says `fromOffline`.
     */
    async assign(
      seen: Pick<NodeState, 'id' | 'session'>,
      seenToken: string | null,
      assignment: Assignment,
      leaseUntil: string,
      options: { readonly fromOffline: boolean },
    ): Promise<NodeStateWrite> {
      const write = await change(
        seen.id,
        {
          set: {
            status: 'working',
            assignment: assignment as unknown as Value,
            leaseUntil,
            progress: 0,
            workingPk: keys.workingPartition(assignment.jobId),
            onlinePk: keys.onlinePartition,
          },
          remove: ['idlePk', 'idleSk'],
        },
        [
          equals('session', seen.session),
          equals('paused', false),
          holds(seenToken),
          ...(options.fromOffline ? [] : [notEquals('status', 'offline')]),
        ],
      );
      // A write whose answer was lost is sent again and meets itself.
      return !write.applied && write.present?.assignment?.token === assignment.token
        ? { applied: true, state: write.present }
        : write;
    },

    /**
     * Frees a node of its assignment, or makes it idle. Guarded by the session and the assignment as seen; the
     * status follows from `paused`, which is guarded too.
     */
    free(
      seen: Pick<NodeState, 'id' | 'session' | 'paused'>,
      seenToken: string | null,
      leaseUntil: string,
      now: string,
    ): Promise<NodeStateWrite> {
      return change(seen.id, freed(seen.id, seen.paused, leaseUntil, now), [
        equals('session', seen.session),
        equals('paused', seen.paused),
        holds(seenToken),
      ]);
    },

    /**
     * Takes a node off the farm. Guarded by the session, the assignment and the lease as seen. The session goes on,
     * so that a node that was only silent comes back with it, unless another is given.
     */
    goOffline(seen: NodeState, session = seen.session): Promise<NodeStateWrite> {
      return change(
        seen.id,
        {
          set: { status: 'offline', leaseUntil: null, session },
          remove: ['assignment', 'workingPk', 'idlePk', 'idleSk', 'onlinePk'],
        },
        [
          equals('session', seen.session),
          holds(seen.assignment?.token ?? null),
          equals('leaseUntil', seen.leaseUntil),
        ],
      );
    },

    /** Renews the lease, takes note of load and progress, accepts a pushed chunk. Guarded by session and token. */
    heartbeat(
      id: number,
      session: string,
      token: string | null,
      beat: {
        readonly load: Load;
        readonly progress: number;
        readonly leaseUntil: string;
        readonly now: string;
      },
    ): Promise<NodeStateWrite> {
      return change(
        id,
        {
          set: {
            leaseUntil: beat.leaseUntil,
            lastSeenAt: beat.now,
            load: beat.load as unknown as Value,
            progress: beat.progress,
            ...(token === null ? {} : { 'assignment.acceptBy': null }),
          },
        },
        [equals('session', session), notEquals('status', 'offline'), holds(token)],
      );
    },

    /** Accepts a pushed chunk that the node has asked for. */
    accept(
      id: number,
      session: string,
      token: string,
      leaseUntil: string,
      now: string,
    ): Promise<NodeStateWrite> {
      return change(id, { set: { 'assignment.acceptBy': null, leaseUntil, lastSeenAt: now } }, [
        equals('session', session),
        holds(token),
      ]);
    },

    /**
     * Changes what a node should be all the time, with a new command number. Guarded by session, status and
     * assignment, since the status follows from `paused`.
     */
    setWish(seen: NodeState, wish: Partial<NodeWish>, now: string): Promise<NodeStateWrite> {
      const status =
        seen.status === 'offline'
          ? 'offline'
          : liveStatus(seen.assignment !== null, wish.paused ?? seen.paused);
      const isIdle = status === 'idle';
      return change(
        seen.id,
        {
          set: { ...wish, status, ...(isIdle && seen.status !== 'idle' ? idleKeys(seen.id, now) : {}) },
          add: { commandNo: 1 },
          ...(isIdle ? {} : { remove: ['idlePk', 'idleSk'] }),
        },
        [
          equals('session', seen.session),
          equals('status', seen.status),
          holds(seen.assignment?.token ?? null),
        ],
      );
    },

    /** Tells a node by a new command number that a command waits for it. */
    announceCommand(id: number): Promise<NodeStateWrite> {
      return change(id, { add: { commandNo: 1 } }, isThere);
    },

    /** Takes note of what the machine does. Guarded by the session. */
    noteLoad(id: number, session: string, load: Load, now: string): Promise<NodeStateWrite> {
      return change(id, { set: { load: load as unknown as Value, lastSeenAt: now } }, [
        equals('session', session),
      ]);
    },

    /** Replaces the token of an assignment: a new attempt at the same chunk. */
    reassign(seen: NodeState, seenToken: string, assignment: Assignment): Promise<NodeStateWrite> {
      return change(
        seen.id,
        { set: { assignment: assignment as unknown as Value, progress: 0 }, add: { commandNo: 1 } },
        [equals('session', seen.session), holds(seenToken)],
      );
    },

    /** Removes a node for good, unless it has come back or changed; answers whether it did. */
    async remove(node: NodeItem, state: NodeState | undefined): Promise<boolean> {
      // Together: of a node that registers in between, no half may stay.
      const result = await table.transact([
        { kind: 'delete', table: 'farm', key: keys.node(node.id), guard: [equals('version', node.version)] },
        {
          kind: 'delete',
          table: 'farm',
          key: keys.nodeState(node.id),
          guard: state === undefined ? isNew : [equals('status', 'offline')],
        },
        {
          kind: 'delete',
          table: 'farm',
          key: keys.nodeName(node.name),
          guard: [equals('nodeId', node.id)],
        },
      ]);
      return result.applied;
    },
  };
}

export type NodeStore = ReturnType<typeof nodeStore>;

const idleKeys = (id: number, now: string): Record<string, string> => ({
  idlePk: keys.idlePartition(id),
  idleSk: `${now}#${keys.sortOf(id)}`,
});

function freed(id: number, paused: boolean, leaseUntil: string, now: string): Changes {
  return {
    set: {
      status: paused ? 'paused' : 'idle',
      leaseUntil,
      lastSeenAt: now,
      progress: 0,
      onlinePk: keys.onlinePartition,
      ...(paused ? {} : idleKeys(id, now)),
    },
    remove: ['assignment', 'workingPk', ...(paused ? ['idlePk', 'idleSk'] : [])],
  };
}

/** A node out of its item. */
export function nodeOf(item: Item): NodeItem {
  const { pk: _pk, sk: _sk, ...node } = item;
  return {
    // Of nodes that registered before agents told them.
    software: [],
    interfaces: [],
    // Of nodes that registered when their agents alone named pools.
    agentPools: node['pools'] as unknown as NodeItem['pools'],
    ...(node as unknown as Omit<NodeItem, 'software' | 'interfaces' | 'agentPools'>),
  };
}

/** A node with the version that was seen of it, 0 for a new one, becomes the next. */
function nodeWrite(node: NodeItem): { readonly item: Item; readonly guard: Guard } {
  const item = {
    ...keys.node(node.id),
    ...(node as unknown as Record<string, Value>),
    version: node.version + 1,
  };
  return { item, guard: node.version === 0 ? isNew : [equals('version', node.version)] };
}

function nodeStateItem(state: NodeState): Item {
  const { assignment, ...fields } = state;
  return {
    ...keys.nodeState(state.id),
    ...(fields as unknown as Record<string, Value>),
    ...(assignment === null
      ? {}
      : { assignment: assignment as unknown as Value, workingPk: keys.workingPartition(assignment.jobId) }),
    ...(state.status === 'offline' ? {} : { onlinePk: keys.onlinePartition }),
    ...(state.status === 'idle' ? idleKeys(state.id, state.lastSeenAt ?? '') : {}),
  };
}

/** A node state out of its item; the projector reads images of the feed with it. */
export function nodeStateOf(item: Item): NodeState {
  // Field by field: to copy all but a few took 0.6 µs, thirty times as long, and a report does it several times.
  return {
    id: item['id'] as number,
    status: item['status'] as NodeState['status'],
    session: item['session'] as string,
    paused: item['paused'] as boolean,
    assignment: (item['assignment'] ?? null) as Assignment | null,
    leaseUntil: item['leaseUntil'] as string | null,
    lastSeenAt: item['lastSeenAt'] as string | null,
    progress: item['progress'] as number,
    load: item['load'] as unknown as NodeState['load'],
    // Of states that were written before nodes had them.
    processPriority: (item['processPriority'] ?? 'normal') as NodeState['processPriority'],
    realtimeLog: (item['realtimeLog'] ?? false) as boolean,
    commandNo: item['commandNo'] as number,
  };
}
