/**
 * Every message that a node can find in its mailbox. A message only wakes: what counts is the desired state and
 * the assignment that the node reads with its next call, so a message may be lost, late or doubled.
 */
import { z } from 'zod';

export const mailboxMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), token: z.string() }).describe('A chunk was assigned: claim it.'),
  z
    .object({ kind: z.literal('kill'), token: z.string() })
    .describe('The attempt with this token is over: stop its process, then claim.'),
  z
    .object({ kind: z.literal('converge'), commandNo: z.int() })
    .describe('The desired state has changed: send a heartbeat.'),
]);
export type MailboxMessage = z.infer<typeof mailboxMessageSchema>;
