import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Operations } from '../../../../../client/src/generated.ts';
import { parseNames, parseNumber } from '../../../arguments/ids.ts';
import { readText } from '../../../arguments/inputFile.ts';
import { usageError } from '../../../failure.ts';
import { openSession } from '../../../session.ts';
import { givenPassword } from '../../people/givenPassword.ts';

type Changes = Operations['systemSetLDAPConfiguration']['input']['configuration'];
type Mapped = NonNullable<Changes['groups']>[number];

interface LdapOptions
  extends Omit<Changes, 'enabled' | 'caCertificate' | 'groups' | 'bindPassword' | 'timeoutSeconds'> {
  readonly enable?: boolean;
  readonly disable?: boolean;
  readonly caCertificate?: string;
  readonly bindPassword?: boolean;
  readonly bindPasswordStdin?: boolean;
  readonly group?: readonly Mapped[];
  readonly timeout?: number;
  readonly untilRestart?: boolean;
}

export function addSetLdap(ldap: Command): void {
  ldap
    .command('set')
    .summary('change how the directory is asked')
    .description(
      'Changes how the directory of users is asked; what is not given stays, a list replaces the one that was. Only ' +
        'administrators may. Servers beyond this machine need TLS: ldaps://, or --start-tls.',
    )
    .option('--enable', 'let users of the directory log in')
    .option('--disable', 'let nobody of the directory log in')
    .option('--urls <urls>', 'servers, asked in this order, such as ldaps://ldap.example.com', parseNames)
    .option('--start-tls', 'encrypt connections by ldap:// before anything is said')
    .option('--no-start-tls', 'do not')
    .option(
      '--ca-certificate <file>',
      'trust servers by the certificates in this file, in PEM; none for the public ones',
    )
    .option('--bind-dn <dn>', "who searches; '' for nobody")
    .option('--bind-password', 'ask for the password of --bind-dn')
    .option('--bind-password-stdin', 'read it from standard input; an empty one takes it away')
    .option('--base-dn <dn>', 'where users are')
    .option('--user-filter <filter>', 'finds a user by {name}')
    .option('--name-attribute <attribute>', 'attribute with the name of a user')
    .option('--group-base-dn <dn>', "where groups are; '' for the same place as users")
    .option('--group-filter <filter>', 'finds the groups of a user by {dn} or {name}')
    .option(
      '--group <group=dn>',
      'put members of this group of the directory into a group here; may be repeated; none for no group',
      parseMapped,
    )
    .addOption(
      new Option('--order <order>', 'who is asked first').choices(['local-first', 'directory-first']),
    )
    .option('--timeout <seconds>', 'how long the directory has to answer', parseNumber(1, 8))
    .option('--until-restart', 'only until the next soft restart')
    .action(async (options: LdapOptions, command: Command) => {
      const { untilRestart = false, ...given } = options;
      const configuration = await changesOf(given);
      if (Object.keys(configuration).length === 0)
        throw usageError('say what to change, such as --urls or --enable');
      const { client, screen } = openSession(command);
      await client.systemSetLDAPConfiguration({ configuration, store: !untilRestart });
      screen.answer({
        json: () => ({ stored: !untilRestart }),
        text: () => [
          `Changed how the directory is asked${untilRestart ? ', until the next soft restart' : ''}.`,
        ],
      });
    });
}

async function changesOf(options: LdapOptions): Promise<Changes> {
  const { enable, disable, caCertificate, bindPassword, bindPasswordStdin, group, timeout, ...plain } =
    options;
  if (enable === true && disable === true) throw usageError('give --enable or --disable, not both');
  const enabled = enable ?? (disable === true ? false : undefined);
  const asked = bindPassword === true || bindPasswordStdin === true;
  const password = asked ? await givenPassword(bindPasswordStdin === true, 'Password of --bind-dn: ') : '';
  return {
    ...plain,
    ...(enabled === undefined ? {} : { enabled }),
    ...(caCertificate === undefined
      ? {}
      : { caCertificate: caCertificate === 'none' ? null : await readText(caCertificate) }),
    ...(asked ? { bindPassword: password === '' ? null : password } : {}),
    ...(group === undefined ? {} : { groups: [...group] }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
  };
}

/** `lighters=cn=lighters,ou=groups,dc=example,dc=com`, once or more. */
function parseMapped(text: string, before: readonly Mapped[] | undefined): Mapped[] {
  if (text === 'none') return [];
  const [, group, directoryGroup] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (group === undefined || directoryGroup === undefined)
    throw new InvalidArgumentError("It must be GROUP=DN, or 'none'.");
  return [...(before ?? []), { group, directoryGroup }];
}
