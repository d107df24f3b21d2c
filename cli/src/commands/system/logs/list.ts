import type { Command } from 'commander';
import { openSession } from '../../../session.ts';

export function addListLogs(logs: Command): void {
  logs
    .command('list', { isDefault: true })
    .summary('show them; the same as logs alone')
    .description('Shows the names of the logs, newest first; a day is a day in UTC.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const [activity, action] = await Promise.all([
        client.systemGetActivityLogsList({}),
        client.systemGetActionLogsList({}),
      ]);
      const names = [...activity.names, ...action.names];
      screen.answer({
        json: () => ({ logs: names }),
        text: () => (names.length === 0 ? ['No logs.'] : names),
        quiet: () => names,
      });
    });
}
