import { Argument, type Command } from 'commander';
import { addSetting } from './setting.ts';

export function addRealtimeLog(nodes: Command): void {
  addSetting<'on' | 'off'>(nodes, {
    name: 'log',
    value: new Argument('<on|off>', 'whether it sends its output').choices(['on', 'off']),
    summary: 'let a node send the output of its process while it runs, or not',
    description:
      'Turns the real-time log of a node on or off: while it is on, the node sends the output of its process as it is ' +
      'written, to be followed by `rollcall logs -f`, which turns it on by itself.',
    set: (client, id, value) => client.nodeSetRealtimeLog({ id, status: value === 'on' }),
    text: (name, value) => `The real-time log of node ${name} is ${value}.`,
  });
}
