/** What a node does for each command. */
import type { Command } from '../../../client/src/generated.ts';
import type { CommandAnswer, Ports } from '../ports.ts';
import { answerOf, refusal } from './answers.ts';
import type { NodeEffects } from './commands.ts';

export interface CarriedOut {
  readonly answer: CommandAnswer;
  /** What has to wait until the answer has arrived, because nobody would be there to answer. */
  readonly afterwards?: () => void;
}

export async function carryOut(
  command: Exclude<Command, { kind: 'force-update' }>,
  { machine, say }: Pick<Ports, 'machine' | 'say'>,
  effects: NodeEffects,
  signal: AbortSignal,
): Promise<CarriedOut> {
  switch (command.kind) {
    case 'soft-restart':
      return { answer: answerOf(''), afterwards: effects.restart };
    case 'system-event': {
      const { event } = command;
      const words = machine.systemCommands[event];
      if (words === undefined) return { answer: refusal(`no command is configured for ${event}`) };
      say(`told to ${event}`);
      return {
        answer: answerOf(`leaves the farm, then runs ${words.join(' ')}`),
        afterwards: () => effects.leaveFor(event),
      };
    }
    case 'run-python': {
      if (machine.runPython === undefined) {
        return { answer: refusal('this node was started without --allow-python') };
      }
      say(`runs Python code, ${command.timeLimitSeconds} s at most`);
      return { answer: await machine.runPython(command.code, command.timeLimitSeconds, signal) };
    }
    case 'message': {
      const about = command.templateId === 0 ? '' : ` for template ${command.templateId}`;
      // One message is one line, whatever is in it.
      say(`message${about}: ${command.text.replace(/\p{Cc}+/gu, ' ')}`);
      return { answer: answerOf('') };
    }
    case 'wake':
      try {
        await machine.wake(command.mac, command.broadcastAddress);
      } catch (error) {
        return {
          answer: refusal(`the packet cannot be sent: ${error instanceof Error ? error.message : error}`),
        };
      }
      say(`woke ${command.mac}`);
      return { answer: answerOf('') };
  }
}
