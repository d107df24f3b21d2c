/** What a node is to be all the time: kept by the dispatcher, and taken by a node that is offline when it comes back. */
import type { Argument, Command } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import type { Operations } from '../../../../client/src/generated.ts';
import { getNode } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

interface Setting<Value extends string> {
  readonly name: string;
  readonly value: Argument;
  readonly summary: string;
  readonly description: string;
  readonly set: (
    client: Client,
    id: number,
    value: Value,
  ) => Promise<Operations['nodeSetProcessPriority']['output']>;
  readonly text: (node: string, value: Value) => string;
}

/** Adds a command that sets one value of one node and says whether the node has it already. */
export function addSetting<Value extends string>(nodes: Command, setting: Setting<Value>): void {
  nodes
    .command(setting.name)
    .argument('<node>', 'id or name of a node')
    .addArgument(setting.value)
    .summary(setting.summary)
    .description(`${setting.description} A node that is offline takes it when it comes back.`)
    .action(async (nodeOrId: string, value: Value, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { id, name } = await getNode(client, nodeOrId);
      const { delivery } = await setting.set(client, id, value);
      const waits = delivery === 'waits' ? ' It is offline and takes it when it comes back.' : '';
      screen.answer({
        json: () => ({ id, delivery }),
        text: () => [`${setting.text(printable(name), value)}${waits}`],
      });
    });
}
