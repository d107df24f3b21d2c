/**
 * A provider of identities, spoken to by OpenID Connect: code flow with PKCE. The only importer of its client, and loaded
 * only where a provider is in use.
 */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  None,
} from 'openid-client';
import type { OidcConfiguration } from '../model/oidcConfiguration.ts';
import type { Account } from '../model/user.ts';

/** The provider did not answer, or not as it should; who somebody is, is not known. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}

/** The provider, or what was brought from it, does not say who somebody is. */
export class IdentityRefusal extends Error {
  override readonly name = 'IdentityRefusal';
}

/** What a login was begun with and has to come back with. */
export interface BegunLogin {
  readonly returnAddress: string;
  /** In the address of the browser, so no secret. */
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Identity {
  readonly name: string;
  readonly account: Account;
  readonly email: string;
  readonly description: string;
  /** As the provider names them. */
  readonly groups: readonly string[];
}

/** Of each of the four calls that the end of a login takes at most: together they are shorter than a request may be. */
const TIMEOUT_SECONDS = 5;
/** Clocks that differ by less agree. */
const TOLERANCE_SECONDS = 30;

/** What the client says of answers that are in order and no proof: errors, and claims that are not for this login. */
const refusals = new Set([
  'OAUTH_AUTHORIZATION_RESPONSE_ERROR',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

/** What the provider tells of itself is asked for once. */
export function oidcProvider(configuration: OidcConfiguration, clientSecret: string | null) {
  const { issuer, clientId } = configuration;
  let discovered: Promise<Configuration> | undefined;

  function discover(): Promise<Configuration> {
    discovered ??= askForItself().catch((error: unknown) => {
      discovered = undefined;
      return fail(error);
    });
    return discovered;
  }

  async function askForItself(): Promise<Configuration> {
    const isOpen = issuer.startsWith('http:');
    const metadata = { [clockTolerance]: TOLERANCE_SECONDS };
    const found = await discovery(new URL(issuer), clientId, metadata, authentication(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      // Without TLS nothing but the signature says whose token it is; with it, the signature says so again.
      execute: [enableNonRepudiationChecks, ...(isOpen ? [allowInsecureRequests] : [])],
    });
    // The client takes the common issuer of a provider with many tenants for that of each of them.
    if (new URL(found.serverMetadata().issuer).href !== new URL(issuer).href)
      throw new ProviderError(`${issuer} calls itself ${found.serverMetadata().issuer}`);
    return found;
  }

  return {
    /** Where a browser has to go. */
    async begin({ returnAddress, state, nonce, verifier }: BegunLogin): Promise<string> {
      const found = await discover();
      return buildAuthorizationUrl(found, {
        redirect_uri: returnAddress,
        scope: configuration.scopes.join(' '),
        response_type: 'code',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href;
    },

    /** Who came back from there with these parameters. Throws ProviderError or IdentityRefusal. */
    async finish({ returnAddress, state, nonce, verifier }: BegunLogin, callback: string): Promise<Identity> {
      const found = await discover();
      const address = new URL(returnAddress);
      address.search = callback;
      const claims = await claimsOf(found, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }).catch(fail);
      const name = textOf(claims[configuration.nameClaim]);
      if (name === '') throw new IdentityRefusal(`the claim ${configuration.nameClaim} is missing`);
      // Otherwise whoever types the address of somebody else at the provider is them here.
      if (configuration.nameClaim === 'email' && claims['email_verified'] === false)
        throw new IdentityRefusal('the mail address is not verified');
      return {
        name,
        account: { issuer: claims.iss, subject: claims.sub },
        email: textOf(claims['email']),
        description: textOf(claims['name']),
        groups: textsOf(claims[configuration.groupsClaim]),
      };
    },
  };
}

/** Claims of the token, and those that a provider tells only when it is asked. */
async function claimsOf(
  found: Configuration,
  address: URL,
  checks: Parameters<typeof authorizationCodeGrant>[2],
): Promise<IDToken> {
  const tokens = await authorizationCodeGrant(found, address, checks);
  const claims = tokens.claims();
  if (claims === undefined) throw new IdentityRefusal('there is no token of the identity');
  if (found.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...(await fetchUserInfo(found, tokens.access_token, claims.sub)), ...claims };
}

/** The way that the provider takes; HTTP basic unless it says otherwise. */
function authentication(secret: string | null): ClientAuth {
  if (secret === null) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (provider, ...rest) => {
    const methods = provider.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? basic : post)(provider, ...rest);
  };
}

/** Causes of the client hold codes and tokens, so nothing but texts goes on. */
function fail(error: unknown): never {
  if (error instanceof ProviderError || error instanceof IdentityRefusal) throw error;
  if (!(error instanceof Error)) throw error;
  const { code, error: answered, cause } = error as Error & { code?: unknown; error?: unknown };
  const reason = [error.message, code, answered, cause instanceof Error ? cause.message : undefined]
    .filter((part) => typeof part === 'string')
    .join(', ');
  // A code that is not good, or not any more; other errors of that call are about Rollcall itself.
  const isRefusal = refusals.has(String(code)) || answered === 'invalid_grant';
  throw isRefusal ? new IdentityRefusal(reason) : new ProviderError(reason);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Providers give one group as a text. */
function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

export type OidcProvider = ReturnType<typeof oidcProvider>;
