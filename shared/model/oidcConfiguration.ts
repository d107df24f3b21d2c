/** How users log in by an OpenID Connect provider, such as Keycloak, Entra ID or Okta. Off until somebody turns it on. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { nameSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';

const claim = () => boundedText(1, 128);

/** An address that a provider sends browsers back to. */
export const returnAddressSchema = onDemand(() =>
  boundedText(1, 1_024).check(z.regex(/^https?:\/\/[^\s?#@]+$/, 'must be http(s)://HOST/PATH and no more')),
);

/** Each field that can be read and set, without its default. */
export const oidcFields = onDemand(() => ({
  enabled: described(z.boolean(), 'Whether users of the provider may log in.'),
  issuer: described(
    z
      .string()
      .check(
        z.maxLength(1_024),
        z.regex(/^$|^https?:\/\/[^\s?#@]+$/, 'must be https://HOST/PATH and no more'),
      ),
    'The provider: what it calls itself. Only loopback addresses may go without TLS.',
  ),
  clientId: described(z.string().check(z.maxLength(256)), 'What the provider knows Rollcall as.'),
  scopes: described(
    z
      .array(boundedText(1, 128).check(z.regex(/^[!#-[\]-~]+$/, 'must be without spaces and quotes')))
      .check(z.maxLength(20)),
    'What is asked for; `openid` is a must.',
  ),
  nameClaim: described(
    claim(),
    'Claim with the name that a user has here. Nobody may choose it for themselves at the provider.',
  ),
  groupsClaim: described(claim(), 'Claim with the groups of a user.'),
  groups: described(
    z
      .array(
        z.strictObject({
          providerGroup: described(boundedText(1, 1_024), 'Group as the claim names it.'),
          group: described(nameSchema(), 'Group that its members are in here.'),
        }),
      )
      .check(z.maxLength(200)),
    'Groups that users of the provider are in, set anew at each login.',
  ),
  returnAddresses: described(
    z.array(returnAddressSchema()).check(z.maxLength(20)),
    'Where browsers may be sent back to, besides loopback addresses with any port, which the command line uses.',
  ),
}));

type Fields = {
  readonly [F in keyof ReturnType<typeof oidcFields>]: z.infer<ReturnType<typeof oidcFields>[F]>;
};

/** As it is kept: the secret is elsewhere, under this name. */
export interface OidcConfiguration extends Fields {
  readonly clientSecretName: string | null;
}

export const defaultOidcConfiguration: OidcConfiguration = {
  enabled: false,
  issuer: '',
  clientId: '',
  scopes: ['openid', 'profile', 'email'],
  nameClaim: 'preferred_username',
  groupsClaim: 'groups',
  groups: [],
  returnAddresses: [],
  clientSecretName: null,
};

/** As it is shown. */
export const oidcConfigurationSchema = onDemand(() =>
  z
    .strictObject({
      ...oidcFields(),
      hasClientSecret: described(z.boolean(), 'Whether a client secret is kept. It is never shown.'),
      version: described(boundedInt(0), 'Grows with each change; 0 before the first.'),
    })
    .register(z.globalRegistry, { id: 'OidcConfiguration' }),
);
