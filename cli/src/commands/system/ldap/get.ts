import type { Command } from 'commander';
import { type Pair, pairs } from '../../../output/pairs.ts';
import { openSession } from '../../../session.ts';

export function addGetLdap(ldap: Command): void {
  ldap
    .command('get')
    .summary('show how the directory is asked')
    .description('Shows how the directory of users is asked; its password is never shown.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { configuration } = await client.systemGetLDAPConfiguration({});
      screen.answer({
        json: () => ({ configuration }),
        text: () =>
          pairs(
            [
              ['Enabled', configuration.enabled ? 'yes' : 'no'],
              ['Servers', configuration.urls.join(', ') || 'none'],
              ['StartTLS', configuration.startTls ? 'yes' : 'no'],
              [
                'Trusts',
                configuration.caCertificate === null ? 'public authorities' : 'its own certificates',
              ],
              ['Searches as', configuration.bindDn || 'nobody'],
              ['Password', configuration.hasBindPassword ? 'kept' : 'none'],
              ['Users below', configuration.baseDn],
              ['User filter', configuration.userFilter],
              ['Name attribute', configuration.nameAttribute],
              ['Groups below', configuration.groupBaseDn || configuration.baseDn],
              ['Group filter', configuration.groupFilter],
              ...configuration.groups.map(
                ({ group, directoryGroup }): Pair => [`Group ${group}`, directoryGroup],
              ),
              ['Order', configuration.order],
              ['Answers within', `${configuration.timeoutSeconds} s`],
            ],
            screen,
          ),
      });
    });
}
