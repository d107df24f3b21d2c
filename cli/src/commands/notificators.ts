import type { Command } from 'commander';
import { addConnectionCommands } from './connections/connectionCommands.ts';

export const addNotificators = (program: Command): Command =>
  addConnectionCommands(program, 'notificators', 'notificator', {
    list: async (client, username) =>
      username === undefined
        ? (await client.clientNGetList({})).notificators
        : (await client.clientNGetByUsername({ username })).notificators,
    get: async (client, id) => (await client.clientNGet({ id })).notificator,
    disconnect: (client, id) => client.clientNForceDisconnection({ id }),
    send: (client, message) => client.sendMessageToNotificator(message),
  });
