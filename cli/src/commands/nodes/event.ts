import { Argument, type Command } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { assertConfirmed, type Confirmable, yesOption } from '../../confirmation.ts';
import { choicesOf } from '../../operations.ts';
import { nodesText } from './forEachNode.ts';
import { noWaitOption, sendToEach, type Waiting } from './onceCommand.ts';

type SystemEvent = Operations['nodeSendSystemEvent']['input']['event'];

export function addSystemEvent(nodes: Command): void {
  nodes
    .command('event')
    .argument('<node>', 'id or name of a node')
    .addArgument(
      new Argument('<event>', 'what happens to its machine').choices(
        choicesOf('nodeSendSystemEvent', 'event'),
      ),
    )
    .summary('reboot or shut down the machine of a node, or restart its agent')
    .description(
      'Makes a node run the command that its operator configured for a system event; one without such a command says so ' +
        'and does nothing. What it renders is stopped and goes back into the queue. Asks first; without a terminal nothing ' +
        'is sent unless --yes is given.',
    )
    .addOption(yesOption())
    .addOption(noWaitOption())
    .action(async (node: string, event: SystemEvent, options: Confirmable & Waiting, command: Command) => {
      await assertConfirmed(
        options,
        'sent',
        () => `Send ${event} to ${nodesText([node])}? What it renders is stopped.`,
      );
      await sendToEach(command, [node], options, (client, id) => client.nodeSendSystemEvent({ id, event }));
    });
}
