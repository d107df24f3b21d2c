/** The clients group. */
import * as z from 'zod/mini';
import { boundedInt } from '../model/bounded.ts';
import { clientSchema, connectionIdSchema } from '../model/client.ts';
import { described } from '../model/described.ts';
import { nameSchema } from '../model/ids.ts';

import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite, nothing } from './operation.ts';

const group = 'clients';
const callers = ['user'] as const;
const right = 'manage-connections';
const list = onDemand(() => z.strictObject({ clients: z.array(clientSchema()) }));

export const clientGetList = defineRead({
  group,
  name: 'clientGetList',
  callers,
  input: () => ({}),
  output: list,
  text: 'Retrieves the clients that are connected, the oldest connection first. One that is gone without a word stays in the list until something is sent to it, two hours at most.',
});

export const clientGet = defineRead({
  group,
  name: 'clientGet',
  callers,
  input: () => ({ id: connectionIdSchema() }),
  output: () => z.strictObject({ client: clientSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a connected client from the id of its connection.',
});

export const clientGetByUsername = defineRead({
  group,
  name: 'clientGetByUsername',
  callers,
  input: () => ({ username: nameSchema() }),
  output: list,
  text: 'Retrieves the connected clients of a user.',
});

export const clientForceDisconnection = defineWrite({
  group,
  name: 'clientForceDisconnection',
  callers,
  right,
  reserves: true,
  input: () => ({ id: connectionIdSchema() }),
  output: nothing,
  errors: ['not-found'],
  text: 'Disconnects a client by the id of its connection, within a few seconds. It may connect again as long as its token is good: revoke that, or disable the user, to keep it away.',
});

export const sendMessageToConsole = defineWrite({
  group,
  name: 'sendMessageToConsole',
  callers,
  right,
  reserves: true,
  input: () => ({
    id: described(
      z._default(z.union([z.literal(''), connectionIdSchema()]), ''),
      'Connection of the client; empty with `brodcast`.',
    ),
    templateId: described(
      z._default(boundedInt(0, 65_535), 0),
      'Template that the message is for, 0 for none.',
    ),
    message: z.string().check(z.maxLength(4_096)),
    brodcast: described(
      z._default(z.boolean(), false),
      'Sends it to every client that is connected. Spelled as in the reference.',
    ),
  }),
  output: () =>
    z.strictObject({ messageId: described(z.string(), 'Id that the message carries wherever it arrives.') }),
  errors: ['not-found'],
  text: 'Sends a message to a client, or to all of them. It arrives within a few seconds as `messages/sent`; who connects later does not hear it.',
});

export const clientGetSocketUrl = defineRead({
  group,
  name: 'clientGetSocketUrl',
  callers,
  input: () => ({}),
  output: () => z.strictObject({ url: described(z.string(), 'Address of the WebSocket: ws or wss.') }),
  text: 'Tells where Consoles and notificators connect to hear what changes.',
});
