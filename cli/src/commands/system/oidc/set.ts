import { type Command, InvalidArgumentError } from 'commander';
import type { Operations } from '../../../../../client/src/generated.ts';
import { parseNames } from '../../../arguments/ids.ts';
import { usageError } from '../../../failure.ts';
import { openSession } from '../../../session.ts';
import { givenPassword } from '../../people/givenPassword.ts';

type Changes = Operations['systemSetOIDCConfiguration']['input']['configuration'];
type Mapped = NonNullable<Changes['groups']>[number];

interface OidcOptions extends Omit<Changes, 'enabled' | 'groups' | 'clientSecret' | 'returnAddresses'> {
  readonly enable?: boolean;
  readonly disable?: boolean;
  readonly clientSecret?: boolean;
  readonly clientSecretStdin?: boolean;
  readonly group?: readonly Mapped[];
  readonly returnAddress?: readonly string[];
  readonly untilRestart?: boolean;
}

export function addSetOidc(oidc: Command): void {
  oidc
    .command('set')
    .summary('change the provider that users log in by')
    .description(
      'Changes the provider of identities that users log in by; what is not given stays, a list replaces the one that ' +
        'was. Only administrators may.',
    )
    .option('--enable', 'let users of the provider log in')
    .option('--disable', 'let nobody of the provider log in')
    .option('--issuer <url>', 'the provider: what it calls itself, such as https://id.example.com')
    .option('--client-id <id>', 'what the provider knows Rollcall as')
    .option('--client-secret', 'ask for the client secret')
    .option('--client-secret-stdin', 'read it from standard input; an empty one takes it away')
    .option('--scopes <scopes>', 'what is asked for, such as openid,profile,groups', parseNames)
    .option('--name-claim <claim>', 'claim with the name of a user')
    .option('--groups-claim <claim>', 'claim with the groups of a user')
    .option(
      '--group <group=theirs>',
      'put members of this group of the provider into a group here; may be repeated; none for no group',
      parseMapped,
    )
    .option(
      '--return-address <url>',
      'where browsers may be sent back to besides this machine; may be repeated; none for nowhere else',
      parseAddress,
    )
    .option('--until-restart', 'only until the next soft restart')
    .action(async (options: OidcOptions, command: Command) => {
      const { untilRestart = false, ...given } = options;
      const configuration = await changesOf(given);
      if (Object.keys(configuration).length === 0)
        throw usageError('say what to change, such as --issuer or --enable');
      const { client, screen } = openSession(command);
      await client.systemSetOIDCConfiguration({ configuration, store: !untilRestart });
      screen.answer({
        json: () => ({ stored: !untilRestart }),
        text: () => [
          `Changed the provider that users log in by${untilRestart ? ', until the next soft restart' : ''}.`,
        ],
      });
    });
}

async function changesOf(options: OidcOptions): Promise<Changes> {
  const { enable, disable, clientSecret, clientSecretStdin, group, returnAddress, ...plain } = options;
  if (enable === true && disable === true) throw usageError('give --enable or --disable, not both');
  const enabled = enable ?? (disable === true ? false : undefined);
  const asked = clientSecret === true || clientSecretStdin === true;
  const secret = asked ? await givenPassword(clientSecretStdin === true, 'Client secret: ') : '';
  return {
    ...plain,
    ...(enabled === undefined ? {} : { enabled }),
    ...(asked ? { clientSecret: secret === '' ? null : secret } : {}),
    ...(group === undefined ? {} : { groups: [...group] }),
    ...(returnAddress === undefined ? {} : { returnAddresses: [...returnAddress] }),
  };
}

/** `lighters=/render/lighting`, once or more. */
function parseMapped(text: string, before: readonly Mapped[] | undefined): Mapped[] {
  if (text === 'none') return [];
  const [, group, providerGroup] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (group === undefined || providerGroup === undefined)
    throw new InvalidArgumentError("It must be GROUP=THEIRS, or 'none'.");
  return [...(before ?? []), { group, providerGroup }];
}

const parseAddress = (text: string, before: readonly string[] | undefined): string[] =>
  text === 'none' ? [] : [...(before ?? []), text];
