/** Logging in by a provider of identities: a browser goes there, and comes back with a proof. */
import type { OidcProvider } from '../directory/oidcProvider.ts';
import { assertReturnAddress, groupsOfProvider } from '../domain/oidcRules.ts';
import { DispatcherError } from '../errors.ts';
import type { OidcConfiguration } from '../model/oidcConfiguration.ts';
import { isoTime } from '../model/time.ts';
import { SSO_PREFIX } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { admitUser } from './admitUser.ts';
import { giveToken } from './logIn.ts';

/** Logins from an address within a window that are begun or ended and do not succeed. Many share one behind a gateway. */
const MOST_TRIES = 200;

/**
 * Where the browser has to go, and the secret that ends the login. The browser carries another one: who sees its address,
 * in its history or on a port that was thought to be somebody else's, cannot end the login with it.
 */
export async function beginOidcLogin(
  context: Context,
  returnAddress: string,
  address: string,
): Promise<{ address: string; state: string }> {
  const { configuration, provider } = await findProvider(context);
  assertReturnAddress(configuration, returnAddress);
  await countTry(context, address);
  const secret = context.newToken();
  const login = {
    returnAddress,
    state: context.newToken(),
    nonce: context.newToken(),
    // At least 43 characters (RFC 7636, 4.1).
    verifier: context.newToken() + context.newToken(),
  };
  const there = await ask(context, () => provider.begin(login));
  await context.oidcLogins.add(secret, login);
  return { address: there, state: secret };
}

/** A token for who has come back. Whatever comes of it, a login is ended once. */
export async function finishOidcLogin(
  context: Context,
  { state, callback, hours }: { readonly state: string; readonly callback: string; readonly hours: number },
  address: string,
): Promise<{ token: string; expiresAt: string }> {
  const { configuration, provider } = await findProvider(context);
  await countTry(context, address);
  const login = await context.oidcLogins.take(state);
  if (login === undefined)
    throw refused('it was not begun here, has been ended before, or has taken more than ten minutes');
  const identity = await ask(context, () => provider.finish(login, callback));
  const user = await admitUser(context, {
    ...identity,
    name: `${SSO_PREFIX}${identity.name}`,
    groups: groupsOfProvider(configuration, identity.groups),
  });
  if (user === undefined) throw refused('you may not log in here');
  // That of its beginning, and this one.
  for (let tries = 0; tries < 2; tries += 1) await context.logins.forget(subjectOf(address));
  return giveToken(context, user.name, 'login', hours);
}

const subjectOf = (address: string): string => `sso ${address}`;

async function countTry(context: Context, address: string): Promise<void> {
  if (!(await context.logins.begin(subjectOf(address), MOST_TRIES)))
    throw new DispatcherError('too-many-logins', { until: isoTime(context.logins.windowEnd()) });
}

/** Its client is loaded with the first login. */
async function findProvider(
  context: Context,
): Promise<{ readonly configuration: OidcConfiguration; readonly provider: OidcProvider }> {
  const configuration = await context.oidcSettings.get();
  if (!configuration.enabled)
    throw new DispatcherError('transition-refused', {
      what: 'login',
      id: 'by a provider of identities',
      from: 'off',
      event: 'beginning or ending one',
      rule: 'an administrator turns it on',
    });
  const { clientSecretName } = configuration;
  const clientSecret = clientSecretName === null ? null : await context.secrets.find(clientSecretName);
  if (clientSecret === undefined)
    throw new DispatcherError('try-again', { reason: 'the settings of the provider have just changed' });
  const { oidcProvider } = await import('../directory/oidcProvider.ts');
  // They name the secret too, and a name never gets another one.
  const settings = JSON.stringify(configuration);
  const provider =
    context.providers.get(settings) ??
    context.providers.put(settings, oidcProvider(configuration, clientSecret));
  return { configuration, provider };
}

/** Asks the provider; the log tells more about what was wrong than whoever wants to log in is told. */
async function ask<Answer>(context: Context, question: () => Promise<Answer>): Promise<Answer> {
  const { IdentityRefusal, ProviderError } = await import('../directory/oidcProvider.ts');
  try {
    return await question();
  } catch (error) {
    if (error instanceof IdentityRefusal) {
      context.logger.log('sso-refused', {}, error);
      throw refused('the provider of identities has not proved who you are', error);
    }
    if (!(error instanceof ProviderError)) throw error;
    context.logger.log('sso-unavailable', {}, error);
    throw new DispatcherError('sso-unavailable', {}, { cause: error });
  }
}

const refused = (reason: string, cause?: Error): DispatcherError =>
  new DispatcherError('sso-refused', { reason }, { cause });
