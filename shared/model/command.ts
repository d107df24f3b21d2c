/**
 * Commands that a node carries out once. They wait as items for an hour; what a node should be all the time
 * (paused, priority, real-time log) is part of its state instead.
 */
import { z } from 'zod';

/** What the agent does with a machine; each runs the command that its operator configured for it, none by default. */
export const systemEvents = ['reboot', 'shutdown', 'restart-agent'] as const;

export const commandSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('force-update') })
      .describe('Measure load, memory, disk and software afresh.'),
    z.strictObject({ kind: z.literal('soft-restart') }).describe('Finish the chunk, then register again.'),
    z.strictObject({ kind: z.literal('system-event'), event: z.enum(systemEvents) }),
    z.strictObject({
      kind: z.literal('run-python'),
      code: z.string().min(1).max(65_536),
      timeLimitSeconds: z.int().min(1).max(3_600),
    }),
    z.strictObject({
      kind: z.literal('message'),
      templateId: z.int().min(0).max(65_535).describe('Template that the message is for, 0 for none.'),
      text: z.string().max(4_096),
    }),
    z
      .strictObject({
        kind: z.literal('wake'),
        mac: z.string().describe('Of the machine to be woken.'),
        broadcastAddress: z.string().describe('Of the subnet that it shares with this node.'),
      })
      .describe('Send a magic packet.'),
  ])
  .meta({ id: 'Command' });
export type Command = z.infer<typeof commandSchema>;

export const commandIdSchema = z
  .string()
  .min(1)
  .max(64)
  .describe('Id that the command got when it was sent.');

/** What a node said of a command. */
export const commandAnswerSchema = z
  .strictObject({
    ok: z.boolean(),
    exitCode: z.int().nullable().describe('Of the program that was run; null if none was or it was killed.'),
    output: z
      .string()
      .max(65_536)
      .describe('What the program wrote, or why the command was not carried out.'),
  })
  .meta({ id: 'CommandAnswer' });
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;
