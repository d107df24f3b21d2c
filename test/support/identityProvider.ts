/** A real OpenID Connect provider in this process, over HTTP, and a browser that logs in there without asking. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import Provider from 'oidc-provider';
import type { Operations } from '../../client/src/generated.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Where Consoles of tests would be. */
export const CONSOLE_ADDRESS = 'https://console.example.com/login';
export const CLIENT_SECRET = 'whispered between the two';

export interface IdentityProvider {
  readonly issuer: string;
  readonly configuration: Operations['systemSetOIDCConfiguration']['input']['configuration'];
  /** Who sits at the browser, and what the provider says of them; null refuses to say who they are. */
  person: Claims | null;
  /** What becomes of the claims of a token before it is signed. */
  tamper: ((claims: Claims) => Claims) | undefined;
  /** Whether tokens are signed with a key that is nobody's. */
  isForged: boolean;
  /** How often it was asked about itself. */
  discoveryCount: number;
  /** Follows redirects from an address, with cookies, until one leads away from here; gives that. */
  browse(address: string): Promise<string>;
  stop(): Promise<void>;
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

export async function startIdentityProvider(t: Pick<TestContext, 'after'>): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [key, nobodys] = [newKey(), newKey()];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'rollcall',
        client_secret: CLIENT_SECRET,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/callback', CONSOLE_ADDRESS],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'name', 'groups'],
      email: ['email', 'email_verified'],
    },
    scopes: ['openid', 'profile', 'email'],
    cookies: { keys: ['key of the cookies'] },
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: 'key', alg: 'RS256', use: 'sig' } as never] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...identity.person }) }),
    // Who logs in agrees to all that is asked for.
    async loadExistingGrant(context) {
      const { client, session, params } = context.oidc;
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope(String(params?.['scope']));
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    const body = context.body as { id_token?: string } | undefined;
    if (context.path !== '/token' || body?.id_token === undefined) return;
    const [header = '', payload = ''] = body.id_token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    const changed = identity.tamper?.(claims) ?? claims;
    const signed = `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
    const signature = sign('RSA-SHA256', Buffer.from(signed), identity.isForged ? nobodys : key);
    context.body = { ...body, id_token: `${signed}.${signature.toString('base64url')}` };
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (request.url === '/.well-known/openid-configuration') identity.discoveryCount += 1;
    if (request.url?.startsWith('/interaction/') !== true) return answer(request, response);
    const { person } = identity;
    await provider.interactionFinished(
      request,
      response,
      person === null
        ? { error: 'access_denied', error_description: 'nobody says who sits here' }
        : {
            login: { accountId: String(person['sub'] ?? person['preferred_username']) },
            // A program on the same machine is asked about at each login.
            consent: {},
          },
    );
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(stop);
  const identity: IdentityProvider = {
    issuer,
    configuration: { enabled: true, issuer, clientId: 'rollcall', clientSecret: CLIENT_SECRET },
    person: { preferred_username: 'olga' },
    tamper: undefined,
    isForged: false,
    discoveryCount: 0,
    async browse(address) {
      const cookies = new Map<string, string>();
      let at = address;
      for (let step = 0; step < 10; step += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const page = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const line of page.headers.getSetCookie()) {
          const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
          cookies.set(name, value);
        }
        const location = page.headers.get('location');
        if (location === null) throw new Error(`${at} answers ${page.status}: ${await page.text()}`);
        at = new URL(location, at).href;
        if (!at.startsWith(`${issuer}/`)) return at;
      }
      throw new Error(`${address} redirects all the time`);
    },
    stop,
  };
  return identity;
}
