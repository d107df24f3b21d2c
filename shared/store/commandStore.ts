/** Commands that wait for a node, and what nodes said of them. An hour and a day later they are gone. */
import type { Clock } from '../model/clock.ts';
import type { Command, CommandAnswer } from '../model/command.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Item, Table, Value } from './table.ts';

const WAITS_SECONDS = 3_600;
const ANSWER_SECONDS = 86_400;

export interface WaitingCommand {
  readonly commandId: string;
  readonly command: Command;
}

export function commandStore(table: Table, clock: Clock) {
  const inSeconds = (seconds: number): number => Math.floor(clock.now() / 1_000) + seconds;
  // Time to live removes items late, so the time is looked at too.
  const isAlive = (item: Item | undefined): item is Item =>
    item !== undefined && Number(item['expiresAt']) > inSeconds(0);

  return {
    /** Puts a command where its node finds it; the same once more changes nothing. */
    async put(nodeId: number, { commandId, command }: WaitingCommand): Promise<void> {
      await table.put('farm', {
        ...keys.command(nodeId, commandId),
        command: command as unknown as Value,
        expiresAt: inSeconds(WAITS_SECONDS),
      });
    },

    /** What waits for a node, oldest first. Pattern N9. */
    async waiting(nodeId: number): Promise<WaitingCommand[]> {
      const commands: WaitingCommand[] = [];
      const query = { table: 'farm', partition: keys.commandPartition(nodeId), consistent: true } as const;
      for await (const item of everyItem(table, query)) {
        if (isAlive(item)) {
          commands.push({ commandId: item.sk, command: item['command'] as unknown as Command });
        }
      }
      return commands;
    },

    /** Pattern N10. */
    async isWaiting(nodeId: number, commandId: string): Promise<boolean> {
      return isAlive(await table.get('farm', keys.command(nodeId, commandId), { consistent: true }));
    },

    /** Keeps the answer, then takes the command away: a crash between the two lets the node answer again. */
    async answer(nodeId: number, commandId: string, answer: CommandAnswer): Promise<void> {
      await table.put('farm', {
        ...keys.commandAnswer(nodeId, commandId),
        ...answer,
        expiresAt: inSeconds(ANSWER_SECONDS),
      });
      await table.delete('farm', keys.command(nodeId, commandId));
    },

    /** Pattern N11. */
    async findAnswer(nodeId: number, commandId: string): Promise<CommandAnswer | undefined> {
      const item = await table.get('farm', keys.commandAnswer(nodeId, commandId), { consistent: true });
      if (!isAlive(item)) return undefined;
      const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...answer } = item;
      return answer as unknown as CommandAnswer;
    },
  };
}

export type CommandStore = ReturnType<typeof commandStore>;
