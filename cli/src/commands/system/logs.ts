import type { Command } from 'commander';
import { addListLogs } from './logs/list.ts';
import { addRemoveLog } from './logs/remove.ts';
import { addShowLog } from './logs/show.ts';

export function addSystemLogs(system: Command): void {
  const logs = system
    .command('logs')
    .summary('list, search and remove the logs of days')
    .description(
      'Lists, searches and removes the activity logs, of what the dispatcher did and why, and the action logs, of every call ' +
        'that was to change something.',
    );
  for (const add of [addListLogs, addShowLog, addRemoveLog]) add(logs);
}
