/**
 * Removes the mailboxes of nodes long gone, as spot machines leave behind. A node that comes back after all gets
 * a new one with its session or its next credentials.
 */
import { timeAfter } from '../../shared/model/clock.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { SHARDS } from '../../shared/store/keys.ts';

const DAY_SECONDS = 86_400;
const GONE_DAYS = 7;

/**
 * Looks at one of the shards in each of the first minutes of an hour, so that each node is met hourly at a small
 * price. Nodes gone for more than a day beyond the limit were met two dozen times and are left alone.
 */
export async function removeMailboxes(context: Context): Promise<number> {
  const shard = new Date(context.clock.now()).getUTCMinutes();
  if (shard >= SHARDS) return 0;
  const goneSince = timeAfter(context.clock, -GONE_DAYS * DAY_SECONDS);
  const doneBefore = timeAfter(context.clock, -(GONE_DAYS + 1) * DAY_SECONDS);
  let count = 0;
  for await (const { id, status, lastSeenAt } of context.nodes.statesOfShard(shard)) {
    if (status !== 'offline' || lastSeenAt === null) continue;
    if (lastSeenAt >= goneSince || lastSeenAt < doneBefore) continue;
    await context.mailbox.remove(id);
    count += 1;
  }
  return count;
}
