/** The notificators group. */
import * as z from 'zod/mini';
import { boundedInt } from '../model/bounded.ts';
import { connectionIdSchema } from '../model/client.ts';
import { described } from '../model/described.ts';
import { nameSchema } from '../model/ids.ts';
import { notificatorSchema } from '../model/notificator.ts';
import { onDemand } from '../model/onDemand.ts';
import { defineRead, defineWrite, nothing } from './operation.ts';

const group = 'notificators';
const callers = ['user'] as const;
const right = 'manage-connections';
const list = onDemand(() => z.strictObject({ notificators: z.array(notificatorSchema()) }));

export const clientNGetList = defineRead({
  group,
  name: 'clientNGetList',
  callers,
  input: () => ({}),
  output: list,
  text: 'Retrieves the notificators that are connected, the oldest connection first. One that is gone without a word stays in the list until something is sent to it, two hours at most.',
});

export const clientNGet = defineRead({
  group,
  name: 'clientNGet',
  callers,
  input: () => ({ id: connectionIdSchema() }),
  output: () => z.strictObject({ notificator: notificatorSchema() }),
  errors: ['not-found'],
  text: 'Retrieves a connected notificator from the id of its connection.',
});

export const clientNGetByUsername = defineRead({
  group,
  name: 'clientNGetByUsername',
  callers,
  input: () => ({ username: nameSchema() }),
  output: list,
  text: 'Retrieves the connected notificators of a user.',
});

export const clientNForceDisconnection = defineWrite({
  group,
  name: 'clientNForceDisconnection',
  callers,
  right,
  reserves: true,
  input: () => ({ id: connectionIdSchema() }),
  output: nothing,
  errors: ['not-found'],
  text: 'Disconnects a notificator by the id of its connection, within a few seconds. It may connect again as long as its token is good: revoke that, or disable the user, to keep it away.',
});

export const sendMessageToNotificator = defineWrite({
  group,
  name: 'sendMessageToNotificator',
  callers,
  right,
  reserves: true,
  input: () => ({
    id: described(
      z._default(z.union([z.literal(''), connectionIdSchema()]), ''),
      'Connection of the notificator; empty with `brodcast`.',
    ),
    templateId: described(
      z._default(boundedInt(0, 65_535), 0),
      'Template that the message is for, 0 for none.',
    ),
    message: z.string().check(z.maxLength(4_096)),
    brodcast: described(
      z._default(z.boolean(), false),
      'Sends it to every notificator that is connected. Spelled as in the reference.',
    ),
  }),
  output: () =>
    z.strictObject({ messageId: described(z.string(), 'Id that the message carries wherever it arrives.') }),
  errors: ['not-found'],
  text: 'Sends a message to a notificator, or to all of them. It arrives within a few seconds as `messages/sent`; who connects later does not hear it.',
});
