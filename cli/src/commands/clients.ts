import type { Command } from 'commander';
import { openSession } from '../session.ts';
import { addConnectionCommands } from './connections/connectionCommands.ts';

export function addClients(program: Command): void {
  const clients = addConnectionCommands(program, 'clients', 'Console', {
    list: async (client, username) =>
      username === undefined
        ? (await client.clientGetList({})).clients
        : (await client.clientGetByUsername({ username })).clients,
    get: async (client, id) => (await client.clientGet({ id })).client,
    disconnect: (client, id) => client.clientForceDisconnection({ id }),
    send: (client, message) => client.sendMessageToConsole(message),
  });
  clients
    .command('url')
    .summary('show where Consoles connect')
    .description('Shows the address of the WebSocket where Consoles and notificators connect.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { url } = await client.clientGetSocketUrl({});
      screen.answer({ json: () => ({ url }), text: () => [url], quiet: () => [url] });
    });
}
