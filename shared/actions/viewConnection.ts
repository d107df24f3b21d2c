/** Live connections as they are seen from outside. */
import { notFound } from '../errors.ts';
import type { ConnectionItem, ConnectionKind } from '../model/client.ts';
import type { Context } from '../runtime/context.ts';

/** What each kind is called in the reference. */
export const connectionNames = {
  console: 'client',
  notificator: 'notificator',
} as const satisfies Record<ConnectionKind, string>;

/** Those of a kind, and of a user if one is given; the oldest first. */
export async function listConnections(context: Context, kind: ConnectionKind, username?: string) {
  return (await context.connections.list(kind))
    .filter((connection) => username === undefined || connection.username === username)
    .sort((a, b) => a.connectedAt.localeCompare(b.connectedAt) || a.id.localeCompare(b.id))
    .map(viewConnection);
}

export async function getConnection(context: Context, kind: ConnectionKind, id: string) {
  const connection = await context.connections.find(id);
  if (connection === undefined || connection.kind !== kind || connection.endReason !== null)
    throw notFound(connectionNames[kind], id);
  return viewConnection(connection);
}

const viewConnection = ({ id, username, address, version, connectedAt, subscriptions }: ConnectionItem) => ({
  id,
  username,
  address,
  version,
  connectedAt,
  topics: Object.keys(subscriptions).sort(),
});
