import type { Command } from 'commander';
import { type Pair, pairs } from '../../../output/pairs.ts';
import { openSession } from '../../../session.ts';

export function addGetOidc(oidc: Command): void {
  oidc
    .command('get')
    .summary('show the provider that users log in by')
    .description('Shows the provider of identities that users log in by; the client secret is never shown.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { configuration } = await client.systemGetOIDCConfiguration({});
      screen.answer({
        json: () => ({ configuration }),
        text: () =>
          pairs(
            [
              ['Enabled', configuration.enabled ? 'yes' : 'no'],
              ['Issuer', configuration.issuer || 'none'],
              ['Client', configuration.clientId || 'none'],
              ['Client secret', configuration.hasClientSecret ? 'kept' : 'none'],
              ['Scopes', configuration.scopes.join(', ')],
              ['Name claim', configuration.nameClaim],
              ['Groups claim', configuration.groupsClaim],
              ...configuration.groups.map(
                ({ group, providerGroup }): Pair => [`Group ${group}`, providerGroup],
              ),
              ['Returns to', ['this machine', ...configuration.returnAddresses].join(', ')],
            ],
            screen,
          ),
      });
    });
}
