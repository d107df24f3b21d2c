import type { Command } from 'commander';
import { addAddMessage } from './log/add.ts';
import { addClearLog } from './log/clear.ts';
import { addLastLines } from './log/last.ts';

export function addLog(program: Command): void {
  const log = program
    .command('log')
    .summary('what the dispatcher says')
    .description(
      'Shows the last lines of what the dispatcher did and why, adds a message to them, or clears them.',
    );
  for (const add of [addLastLines, addAddMessage, addClearLog]) add(log);
}
