/** A node as every reader sees it. */
import { notFound } from '../errors.ts';
import type { NodeItem, NodeState, NodeView } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';

export function viewNode(node: NodeItem, state: NodeState): NodeView {
  const {
    jobFailures: _jobs,
    templateFailures: _templates,
    version: _version,
    tokenHashes: _tokens,
    agentPools: _agentPools,
    ...settings
  } = node;
  return {
    ...settings,
    pools: [...node.pools],
    excludedJobs: [...node.excludedJobs],
    excludedTemplates: [...node.excludedTemplates],
    status: state.status,
    paused: state.paused,
    processPriority: state.processPriority,
    realtimeLog: state.realtimeLog,
    jobId: state.assignment?.jobId ?? null,
    chunkId: state.assignment === null ? null : state.assignment.index + 1,
    progress: state.progress,
    load: state.load,
    lastSeenAt: state.lastSeenAt,
  };
}

export async function getNodeView(context: Context, nodeId: number): Promise<NodeView> {
  const [node, state] = await Promise.all([
    context.nodes.find(nodeId, { consistent: true }),
    context.nodes.findState(nodeId, { consistent: true }),
  ]);
  if (node === undefined || state === undefined) throw notFound('node', nodeId);
  return viewNode(node, state);
}
