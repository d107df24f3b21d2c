/**
 * Every message that a node can find in its mailbox. A message only wakes: what counts is the desired state and
 * the assignment that the node reads with its next call, so a message may be lost, late or doubled.
 */
import * as z from 'zod/mini';
import { described } from '../model/described.ts';
import { onDemand } from '../model/onDemand.ts';

export const mailboxMessageSchema = onDemand(() =>
  z.discriminatedUnion('kind', [
    described(z.object({ kind: z.literal('assign'), token: z.string() }), 'A chunk was assigned: claim it.'),
    described(
      z.object({ kind: z.literal('kill'), token: z.string() }),
      'The attempt with this token is over: stop its process, then claim.',
    ),
    described(
      z.object({
        kind: z.literal('converge'),
        commandNo: z.optional(z.int()),
        occasion: described(z.optional(z.string()), 'What every node is called for.'),
      }),
      'The desired state has changed, or the node is called: send a heartbeat.',
    ),
  ]),
);
export type MailboxMessage = z.infer<ReturnType<typeof mailboxMessageSchema>>;
