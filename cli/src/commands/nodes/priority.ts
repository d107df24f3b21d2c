import { Argument, type Command } from 'commander';
import type { Node } from '../../../../client/src/generated.ts';
import { choicesOf } from '../../operations.ts';
import { addSetting } from './setting.ts';

export function addPriority(nodes: Command): void {
  addSetting<Node['processPriority']>(nodes, {
    name: 'priority',
    value: new Argument('<level>', 'what their operating system gives them').choices(
      choicesOf('nodeSetProcessPriority', 'priority'),
    ),
    summary: 'set the priority of the processes of a node',
    description: 'Sets the priority of the processes that a node starts, of the one that runs too.',
    set: (client, id, priority) => client.nodeSetProcessPriority({ id, priority }),
    text: (name, priority) => `The processes of node ${name} have priority ${priority}.`,
  });
}
