/** How Rollcall asks a directory of users, such as OpenLDAP or Active Directory. Off until somebody turns it on. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { nameSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';

const dn = () => z.string().check(z.maxLength(1_024));
const filter = () => boundedText(1, 1_024);

/** Each field that can be read and set, without its default. */
export const ldapFields = onDemand(() => ({
  enabled: described(z.boolean(), 'Whether users of the directory may log in.'),
  urls: described(
    z
      .array(
        boundedText(1, 256).check(z.regex(/^ldaps?:\/\/[^/?#\s]+$/, 'must be ldaps://HOST or ldap://HOST')),
      )
      .check(z.maxLength(4)),
    'Servers, asked in this order until one answers: `ldaps://HOST:PORT`, or `ldap://HOST:PORT` with StartTLS. Without TLS only loopback addresses.',
  ),
  startTls: described(z.boolean(), 'Whether a connection by `ldap://` is encrypted before anything is said.'),
  caCertificate: described(
    z.nullable(
      boundedText(1, 32_768).check(
        z.regex(
          /-----BEGIN CERTIFICATE-----/,
          'must be certificates in PEM, from -----BEGIN CERTIFICATE----- on',
        ),
      ),
    ),
    'Certificates in PEM that servers are trusted by; null for those that are publicly trusted.',
  ),
  bindDn: described(
    dn().check(z.regex(/^$|[=@]/, 'must be a distinguished name or USER@DOMAIN')),
    'Who searches; empty searches anonymously.',
  ),
  baseDn: described(dn(), 'Where users are.'),
  userFilter: described(
    filter(),
    'Finds a user: `{name}` stands for the name that was given, and for `*` where users are listed.',
  ),
  nameAttribute: described(
    boundedText(1, 64).check(z.regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be the name of an attribute')),
    'Attribute with the name that a user has here: `uid`, in Active Directory `sAMAccountName`.',
  ),
  groupBaseDn: described(dn(), 'Where groups are; empty for the same place as users.'),
  groupFilter: described(
    filter(),
    'Finds the groups of a user: `{dn}` stands for the distinguished name of the user, `{name}` for their name.',
  ),
  groups: described(
    z
      .array(
        z.strictObject({
          directoryGroup: described(boundedText(1, 1_024), 'Distinguished name of a group of the directory.'),
          group: described(nameSchema(), 'Group that its members are in here.'),
        }),
      )
      .check(z.maxLength(200)),
    'Groups that users of the directory are in, set anew at each login.',
  ),
  order: described(
    z.enum(['local-first', 'directory-first']),
    'Who is asked first for a name and password: the users of the farm or the directory. The other one is asked if that does not know them.',
  ),
  timeoutSeconds: described(
    boundedInt(1, 8),
    'How long the directory has to answer all that is asked for a login, 1-8.',
  ),
}));

type Fields = {
  readonly [F in keyof ReturnType<typeof ldapFields>]: z.infer<ReturnType<typeof ldapFields>[F]>;
};

/** As it is kept: the password is elsewhere, under the name of a secret. */
export interface LdapConfiguration extends Fields {
  readonly bindSecret: string | null;
}

export const defaultLdapConfiguration: LdapConfiguration = {
  enabled: false,
  urls: [],
  startTls: false,
  caCertificate: null,
  bindDn: '',
  baseDn: '',
  userFilter: '(&(objectClass=person)(uid={name}))',
  nameAttribute: 'uid',
  groupBaseDn: '',
  groupFilter: '(member={dn})',
  groups: [],
  order: 'local-first',
  timeoutSeconds: 5,
  bindSecret: null,
};

/** As it is shown. */
export const ldapConfigurationSchema = onDemand(() =>
  z
    .strictObject({
      ...ldapFields(),
      hasBindPassword: described(z.boolean(), 'Whether a password of `bindDn` is kept. It is never shown.'),
      version: described(boundedInt(0), 'Grows with each change; 0 before the first.'),
    })
    .register(z.globalRegistry, { id: 'LdapConfiguration' }),
);
