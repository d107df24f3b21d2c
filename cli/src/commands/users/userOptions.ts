/** Options that set fields of a user, the same for add and configure. */
import type { Command } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { parseNames } from '../../arguments/ids.ts';
import { givenPassword } from '../people/givenPassword.ts';
import { addGrantOptions, type GrantOptions, grants } from '../people/grantOptions.ts';

type UserFields = Omit<Operations['userConfigure']['input']['user'], 'name'>;

export interface UserOptions extends GrantOptions {
  readonly email?: string;
  readonly groups?: readonly string[];
  readonly admin?: boolean;
  readonly password?: boolean;
  readonly passwordStdin?: boolean;
}

export const addUserOptions = (command: Command): Command =>
  addGrantOptions(command)
    .option('--email <address>', 'where mail reaches the user')
    .option('--groups <names>', "exactly these groups; '' for none", parseNames)
    .option('--admin', 'has every right and no limits')
    .option('--password', 'ask for a password')
    .option('--password-stdin', 'read the password from standard input');

/** The fields that were given, and no others. */
export async function userFields(options: UserOptions): Promise<UserFields> {
  const { email, groups, admin, password = false, passwordStdin = false } = options;
  return {
    ...grants(options),
    ...(email === undefined ? {} : { email }),
    ...(groups === undefined ? {} : { groups }),
    ...(admin === undefined ? {} : { isAdmin: admin }),
    ...(password || passwordStdin ? { password: await givenPassword(passwordStdin, 'New password: ') } : {}),
  };
}
