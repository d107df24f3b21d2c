/** A client, as the reference calls it: a Console that is connected. What is kept of a connection, whoever made it. */
import * as z from 'zod/mini';
import { described } from './described.ts';
import { nameSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

/** What connects: it says so itself when it does. */
export const connectionKinds = ['console', 'notificator'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

export const connectionIdSchema = onDemand(() =>
  described(
    z.string().check(z.maxLength(128), z.regex(/^[\w+/=-]+$/, 'must be letters, digits and _ + / = -')),
    'Id of the connection; a client that connects again has another.',
  ),
);

/** Of the program that connects, in its own words. */
export const clientVersionSchema = onDemand(() =>
  z.string().check(z.maxLength(64), z.regex(/^[^\p{Cc}]*$/u, 'must not contain control characters')),
);

export const connectionFields = () => ({
  id: connectionIdSchema(),
  username: nameSchema(),
  address: described(z.string(), 'Network address that it comes from.'),
  version: described(clientVersionSchema(), 'Name and version of the program, as it gave them.'),
  connectedAt: timeSchema(),
  topics: described(z.array(z.string()), 'Topics that it is subscribed to.'),
});

export const clientSchema = onDemand(() =>
  z.strictObject(connectionFields()).register(z.globalRegistry, { id: 'Client' }),
);

/** No connection lives longer, as API Gateway has it: its client connects again. */
export const MOST_CONNECTION_SECONDS = 2 * 3_600;

/** What a connection wants to hear of a topic; without ids all of it. */
export interface Subscription {
  readonly ids: readonly number[] | null;
}

/** A connection as it is kept. */
export interface ConnectionItem {
  readonly id: string;
  readonly kind: ConnectionKind;
  readonly username: string;
  /** Of the token that it came with: it stays as long as that is good. */
  readonly tokenHash: string;
  readonly tokenId: string;
  readonly address: string;
  readonly version: string;
  readonly connectedAt: string;
  /** End of its life or of its token, whichever is first. */
  readonly goodUntil: string;
  /** By topic. */
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  /** Why it is to be disconnected; null while it is not. */
  readonly endReason: string | null;
}

/** A message for connections of one kind: to one of them, or to all. */
export interface LiveMessage {
  readonly messageId: string;
  readonly kind: ConnectionKind;
  readonly connectionId: string | null;
  readonly templateId: number;
  readonly text: string;
  readonly from: string;
  readonly sentAt: string;
}
