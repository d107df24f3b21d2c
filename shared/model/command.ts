/**
 * Commands that a node carries out once. They wait as items for an hour; what a node should be all the time
 * (paused, priority, real-time log) is part of its state instead.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

/** What the agent does with a machine; each runs the command that its operator configured for it, none by default. */
export const systemEvents = ['reboot', 'shutdown', 'restart-agent'] as const;

export const commandSchema = onDemand(() =>
  z
    .discriminatedUnion('kind', [
      described(
        z.strictObject({ kind: z.literal('force-update') }),
        'Measure load, memory, disk and software afresh.',
      ),
      described(
        z.strictObject({ kind: z.literal('soft-restart') }),
        'Finish the chunk, then register again.',
      ),
      z.strictObject({ kind: z.literal('system-event'), event: z.enum(systemEvents) }),
      z.strictObject({
        kind: z.literal('run-python'),
        code: boundedText(1, 65_536),
        timeLimitSeconds: boundedInt(1, 3_600),
      }),
      z.strictObject({
        kind: z.literal('message'),
        templateId: described(boundedInt(0, 65_535), 'Template that the message is for, 0 for none.'),
        text: z.string().check(z.maxLength(4_096)),
      }),
      described(
        z.strictObject({
          kind: z.literal('wake'),
          mac: described(z.string(), 'Of the machine to be woken.'),
          broadcastAddress: described(z.string(), 'Of the subnet that it shares with this node.'),
        }),
        'Send a magic packet.',
      ),
    ])
    .register(z.globalRegistry, { id: 'Command' }),
);
export type Command = z.infer<ReturnType<typeof commandSchema>>;

export const commandIdSchema = onDemand(() =>
  described(boundedText(1, 64), 'Id that the command got when it was sent.'),
);

/** What a node said of a command. */
export const commandAnswerSchema = onDemand(() =>
  z
    .strictObject({
      ok: z.boolean(),
      exitCode: described(
        z.nullable(z.int()),
        'Of the program that was run; null if none was or it was killed.',
      ),
      output: described(
        z.string().check(z.maxLength(65_536)),
        'What the program wrote, or why the command was not carried out.',
      ),
    })
    .register(z.globalRegistry, { id: 'CommandAnswer' }),
);
export type CommandAnswer = z.infer<ReturnType<typeof commandAnswerSchema>>;
