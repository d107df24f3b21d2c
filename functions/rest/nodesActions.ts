import {
  nodeKillProcess,
  nodeKillProcessAndPause,
  nodeKillProcessAndRestart,
  nodePause,
  nodeRemoveRegistration,
  nodeResume,
  nodeSoftRestart,
  nodeWake,
} from '../../shared/contract/nodes.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { invalidInput } from '../../shared/errors.ts';
import type { RestFunction } from './index.ts';
import { readIds } from './readNumbers.ts';

/** What is done with each node that is named. */
const actions: Readonly<Record<string, Operation>> = {
  pause: nodePause,
  resume: nodeResume,
  kill: nodeKillProcess,
  killAndPause: nodeKillProcessAndPause,
  killAndRestart: nodeKillProcessAndRestart,
  restart: nodeSoftRestart,
  wake: nodeWake,
  remove: nodeRemoveRegistration,
};

export const nodesActions: RestFunction = async ({ request: { parameters }, operate }) => {
  const name = String(parameters['name'] ?? '');
  const operation = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (operation === undefined)
    throw invalidInput('name', `must be one of ${Object.keys(actions).join(', ')}`);
  const ids = readIds(parameters, ['nodeId', 'nodeIds', 'id', 'ids']);
  for (const id of ids) await operate(operation, { id });
  return { nodeIds: ids };
};
