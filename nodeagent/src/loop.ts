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

/** How a node is told to end. */
export interface Endings {
  /** At once: what runs is interrupted. */
  readonly stop: AbortSignal;
  /** After the chunk that runs. */
  readonly finish: AbortSignal;
}

/** Runs a node until it ends by itself, or is told to and has drained. `onState` hears of each state that it enters. */
export async function runNode(
  settings: NodeSettings,
  ports: Ports,
  { stop, finish }: Endings,
  onState: (state: Step['state']) => void,
): Promise<Exit> {
  const node = new AgentNode(settings, ports);
  const onStop = (): void => node.events.push({ kind: 'stop' });
  const onFinish = (): void => node.events.push({ kind: 'finish' });
  if (finish.aborted) onFinish();
  if (stop.aborted) onStop();
  finish.addEventListener('abort', onFinish);
  stop.addEventListener('abort', onStop);
  for (const attempt of ports.logs.leftovers()) node.uploads.add(attempt);

  let step: Step = { state: 'registering' };
  try {
    while (step.state !== 'ended') {
      onState(step.state);
      step = await take(node, step);
    }
    onState('ended');
  } finally {
    finish.removeEventListener('abort', onFinish);
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
