/** A node registers: a new one gets an id and a mailbox, a known one a new session. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DesiredState } from '../contract/nodeProtocol.ts';
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { Capabilities, NodeItem, NodeState } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { desiredState } from './claimChunk.ts';
import { returnChunk } from './returnChunk.ts';

export interface Registration {
  readonly name: string;
  readonly secret: string;
  readonly pools: readonly string[];
  readonly capabilities: Capabilities;
}

export interface Registered {
  readonly nodeId: number;
  readonly session: string;
  readonly token: string;
  readonly desired: DesiredState;
}

/**
 * Opens a session. The former one is over and its chunk goes back without penalty. `node-name-taken` when a
 * live node with another secret has the name; a dead one's name passes to the newcomer, with its id.
 */
export async function registerNode(context: Context, registration: Registration): Promise<Registered> {
  const secretHash = createHash('sha256').update(registration.secret).digest('base64url');
  const nodeId = await claimName(context, registration.name, secretHash);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const opened = await openSession(context, nodeId, secretHash, registration);
    if (opened !== undefined) return opened;
  }
  throw new DispatcherError('conflict', { what: 'node', id: nodeId });
}

async function claimName(context: Context, name: string, secretHash: string): Promise<number> {
  const known = await context.nodes.findName(name);
  if (known === undefined) {
    const nodeId = await context.ids.next('node');
    if (await context.nodes.claimName(name, nodeId, secretHash)) return nodeId;
    throw new DispatcherError('conflict', { what: 'node name', id: name });
  }
  if (known.secretHash === secretHash) return known.nodeId;
  const state = await context.nodes.findState(known.nodeId, { consistent: true });
  const isLive =
    state !== undefined && state.leaseUntil !== null && state.leaseUntil > timeAfter(context.clock);
  if (isLive || !(await context.nodes.passName(name, known.nodeId, known.secretHash, secretHash))) {
    throw new DispatcherError('node-name-taken', { name });
  }
  return known.nodeId;
}

/** Writes the node and its state with the new session; undefined if either changed at the same time. */
async function openSession(
  context: Context,
  nodeId: number,
  secretHash: string,
  { name, pools, capabilities }: Registration,
): Promise<Registered | undefined> {
  const now = timeAfter(context.clock);
  const [configuration, known, state] = await Promise.all([
    context.configuration.get(),
    context.nodes.find(nodeId, { consistent: true }),
    context.nodes.findState(nodeId, { consistent: true }),
  ]);
  const token = context.newToken();
  const { hash: tokenHash } = await context.tokens.add(token, { kind: 'node', nodeId }, { expiresAt: null });
  const node: NodeItem = {
    ...(known ?? {
      notes: '',
      registeredAt: now,
      excludedJobs: [],
      excludedTemplates: [],
      jobFailures: [],
      templateFailures: [],
      version: 0,
    }),
    ...capabilities,
    id: nodeId,
    name,
    pools: known !== undefined && isDeepStrictEqual(known.agentPools, pools) ? known.pools : pools,
    agentPools: pools,
    tokenHashes: [tokenHash, ...(known?.tokenHashes ?? [])].slice(0, 2),
  };
  // A mailbox first: with its state the node can be sent chunks.
  await context.mailbox.create(nodeId);
  const session = context.newToken();
  const next: NodeState = {
    id: nodeId,
    status: state?.paused ? 'paused' : 'idle',
    session,
    paused: state?.paused ?? false,
    assignment: null,
    leaseUntil: timeAfter(context.clock, configuration.idleLeaseSeconds),
    lastSeenAt: now,
    progress: 0,
    load: null,
    processPriority: state?.processPriority ?? 'normal',
    realtimeLog: state?.realtimeLog ?? false,
    commandNo: state?.commandNo ?? 0,
  };
  const isOpen =
    state === undefined
      ? await context.nodes.add(node, next, secretHash)
      : (await context.nodes.replace(node)) && (await context.nodes.replaceState(next, state));
  if (!isOpen) return undefined;
  if (state?.assignment) await returnChunk(context, state.assignment, 'its node registered again');
  await forgetTokens(context, (known?.tokenHashes ?? []).slice(1));
  return { nodeId, session, token, desired: desiredState(next, configuration) };
}

const forgetTokens = (context: Context, hashes: readonly string[]): Promise<unknown> =>
  Promise.all(hashes.map((hash) => context.tokens.remove(hash)));
