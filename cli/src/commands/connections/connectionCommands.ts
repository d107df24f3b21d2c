/** Commands on what is connected live: the same for Consoles and notificators. */
import type { Command } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import type { Client as Connection } from '../../../../client/src/generated.ts';
import { usageError } from '../../failure.ts';
import { pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import { table } from '../../output/table.ts';
import { openSession } from '../../session.ts';

interface Calls {
  readonly list: (client: Client, username: string | undefined) => Promise<readonly Connection[]>;
  readonly get: (client: Client, id: string) => Promise<Connection>;
  readonly disconnect: (client: Client, id: string) => Promise<unknown>;
  readonly send: (
    client: Client,
    message: { readonly id: string; readonly message: string; readonly brodcast: boolean },
  ) => Promise<{ readonly messageId: string }>;
}

/** `things` is the command, `thing` the word for one. */
export function addConnectionCommands(
  program: Command,
  things: 'clients' | 'notificators',
  thing: string,
  calls: Calls,
): Command {
  const parent = program
    .command(things)
    .summary(`show ${thing}s that are connected, message or disconnect them`)
    .description(`Shows which ${thing}s are connected live, sends them messages or disconnects them.`);
  addList(parent, things, thing, calls);
  addGet(parent, things, thing, calls);
  addDisconnect(parent, thing, calls);
  addMessage(parent, things, thing, calls);
  return parent;
}

function addList(parent: Command, things: string, thing: string, { list }: Calls): void {
  parent
    .command('list', { isDefault: true })
    .summary(`show them; the same as ${things} alone`)
    .description(`Shows the ${thing}s that are connected, the oldest connection first.`)
    .option('--user <name>', 'only those of a user')
    .action(async ({ user }: { user?: string }, command: Command) => {
      const { client, screen } = openSession(command);
      const connections = await list(client, user);
      screen.answer({
        json: () => ({ [things]: connections }),
        text: () =>
          connections.length === 0
            ? [`No ${things}.`]
            : table<Connection>(
                connections,
                [
                  { title: 'ID', cell: ({ id }) => id },
                  { title: 'USER', shrinksTo: 12, cell: ({ username }) => username },
                  { title: 'SINCE', cell: ({ connectedAt }) => connectedAt },
                  { title: 'ADDRESS', rank: 2, cell: ({ address }) => address },
                  { title: 'VERSION', rank: 3, shrinksTo: 12, cell: ({ version }) => version },
                ],
                screen.width(),
                screen.paint,
              ),
        quiet: () => connections.map(({ id }) => id),
      });
    });
}

function addGet(parent: Command, things: string, thing: string, { get }: Calls): void {
  parent
    .command('get')
    .argument('<id>', 'id of a connection')
    .summary('show one connection')
    .description(`Shows one ${thing} that is connected.`)
    .action(async (id: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const connection = await get(client, id);
      screen.answer({
        json: () => ({ [things.slice(0, -1)]: connection }),
        text: () =>
          pairs(
            [
              ['Id', connection.id],
              ['User', connection.username],
              ['Since', connection.connectedAt],
              ['Address', connection.address],
              ['Version', connection.version],
              ['Topics', connection.topics.length === 0 ? 'none' : connection.topics.join(', ')],
            ],
            screen,
          ),
        quiet: () => [connection.id],
      });
    });
}

function addDisconnect(parent: Command, thing: string, { disconnect }: Calls): void {
  parent
    .command('disconnect')
    .argument('<id>', 'id of a connection')
    .summary('end a connection')
    .description(
      `Disconnects a ${thing} within a few seconds. It may connect again as long as its token is good.`,
    )
    .action(async (id: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      await disconnect(client, id);
      screen.answer({
        json: () => ({ id }),
        text: () => [`Disconnecting ${printable(id)}.`],
        quiet: () => [id],
      });
    });
}

function addMessage(parent: Command, things: string, thing: string, { send }: Calls): void {
  parent
    .command('message')
    .usage('[options] <id> <text> | --all <text>')
    .argument('<words...>', 'id of a connection, and the text; the text alone with --all')
    .summary(`send a message to a ${thing} or to all`)
    .description(`Sends a message to a ${thing}, or with --all to every one that is connected.`)
    .option('--all', 'every one that is connected')
    .action(async (words: string[], { all = false }: { all?: boolean }, command: Command) => {
      if (words.length !== (all ? 1 : 2)) {
        throw usageError(
          all
            ? `with --all there is one text and no id; put it in quotes: rollcall ${things} message --all 'TEXT'`
            : `name a connection and one text in quotes: rollcall ${things} message ID 'TEXT'`,
        );
      }
      const [id = '', message = ''] = all ? ['', ...words] : words;
      const { client, screen } = openSession(command);
      const sent = await send(client, { id, message, brodcast: all });
      screen.answer({
        json: () => sent,
        text: () => [`Sent the message to ${all ? `all ${thing}s` : printable(id)}.`],
        quiet: () => [sent.messageId],
      });
    });
}
