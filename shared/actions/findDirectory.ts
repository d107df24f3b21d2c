/** The directory of users. */
import type { LdapDirectory } from '../directory/ldapDirectory.ts';
import { DispatcherError } from '../errors.ts';
import type { LdapConfiguration } from '../model/ldapConfiguration.ts';
import type { Context } from '../runtime/context.ts';

export interface FoundDirectory {
  readonly configuration: LdapConfiguration;
  readonly directory: LdapDirectory;
}

/** Undefined while none is in use. Its client is loaded with the first that is. */
export async function findDirectory(context: Context): Promise<FoundDirectory | undefined> {
  const configuration = await context.ldapSettings.get();
  if (!configuration.enabled) return undefined;
  const { bindSecret } = configuration;
  const bindPassword = bindSecret === null ? null : await context.secrets.find(bindSecret);
  if (bindPassword === undefined)
    throw new DispatcherError('try-again', { reason: 'the settings of the directory have just changed' });
  const { ldapDirectory } = await import('../directory/ldapDirectory.ts');
  return { configuration, directory: ldapDirectory(configuration, bindPassword) };
}

/** Asks the directory; `directory-unavailable` if it does not answer, which the log tells more about. */
export async function askDirectory<Answer>(
  context: Context,
  { directory }: FoundDirectory,
  question: (directory: LdapDirectory) => Promise<Answer>,
): Promise<Answer> {
  const { DirectoryError } = await import('../directory/ldapConnection.ts');
  try {
    return await question(directory);
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    context.logger.log('directory-unavailable', {}, error);
    throw new DispatcherError('directory-unavailable', {}, { cause: error });
  }
}
