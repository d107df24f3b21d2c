/**
 * The life of a node: one state after another until it ends. Registers, delivers reports that an earlier life left,
 * claims, runs, reports and takes the next chunk out of the same answer. Which answer leads where is in
 * `docs/node-protocol.md`.
 */
import { AgentNode, type Exit, type NodeSettings, type Step } from './node.ts';
import type { Ports } from './ports.ts';
import { claiming } from './states/claiming.ts';
import { draining } from './states/draining.ts';
import { idle } from './states/idle.ts';
import { registering } from './states/registering.ts';
import { reporting } from './states/reporting.ts';
import { stopping } from './states/stopping.ts';
import { working } from './states/working.ts';

/** Runs a node until it ends by itself or `stop` is aborted and it has drained. */
export async function runNode(settings: NodeSettings, ports: Ports, stop: AbortSignal): Promise<Exit> {
  const node = new AgentNode(settings, ports);
  const onStop = (): void => node.events.push({ kind: 'stop' });
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop);
  for (const attempt of ports.logs.leftovers()) node.uploads.add(attempt);

  let step: Step = { state: 'registering' };
  try {
    while (step.state !== 'ended') step = await take(node, step);
  } finally {
    stop.removeEventListener('abort', onStop);
    node.close();
  }
  return step.exit;
}

function take(node: AgentNode, step: Exclude<Step, { state: 'ended' }>): Promise<Step> {
  switch (step.state) {
    case 'registering':
      return registering(node);
    case 'reporting':
      return reporting(node);
    case 'claiming':
      return claiming(node);
    case 'idle':
      return idle(node, step.paused);
    case 'working':
      return working(node, step.order);
    case 'stopping':
      return stopping(node, step.run, step.attempt, step.next);
    case 'draining':
      return draining(node, step.run, step.attempt);
  }
}
