/** What holds for settings of a directory together, and which groups its users are in. */
import { invalidInput } from '../errors.ts';
import type { LdapConfiguration } from '../model/ldapConfiguration.ts';

const loopback = /^ldap:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/;

/** Throws `invalid-input` for settings that do not fit together. */
export function assertUsableLdap(configuration: LdapConfiguration): void {
  const { urls, startTls, bindDn, bindSecret, userFilter, groupFilter } = configuration;
  const open = urls.find((url) => url.startsWith('ldap://') && !startTls && !loopback.test(url));
  if (open !== undefined)
    throw fault('urls', `${open} would carry passwords in clear: use ldaps://, or startTls`);
  const broken = urls.find((url) => !URL.canParse(url));
  if (broken !== undefined) throw fault('urls', `${broken} is no address`);
  if (!userFilter.includes('{name}')) throw fault('userFilter', 'must contain {name}');
  if (!/\{(dn|name)\}/.test(groupFilter)) throw fault('groupFilter', 'must contain {dn} or {name}');
  // A name without a password is let in by many servers, as anybody.
  if (bindDn !== '' && bindSecret === null) throw fault('bindPassword', 'must be given with bindDn');
  if (bindDn === '' && bindSecret !== null) throw fault('bindDn', 'must be given with bindPassword');
  if (!configuration.enabled) return;
  if (urls.length === 0) throw fault('urls', 'must name a server before the directory is enabled');
  if (configuration.baseDn === '')
    throw fault('baseDn', 'must say where users are before the directory is enabled');
}

const fault = (field: string, rule: string): Error => invalidInput(`configuration.${field}`, rule);

/** The groups here of somebody who is in these of the directory. */
export function groupsOfMembers(
  { groups }: Pick<LdapConfiguration, 'groups'>,
  directoryGroups: readonly string[],
): string[] {
  const theirs = new Set(directoryGroups.map(canonical));
  const mapped = groups.filter(({ directoryGroup }) => theirs.has(canonical(directoryGroup)));
  return [...new Set(mapped.map(({ group }) => group))];
}

/** Servers write distinguished names in either case, with or without spaces. */
const canonical = (dn: string): string =>
  dn
    .toLowerCase()
    .replace(/(?<!\\)\s*([,=+])\s*/g, '$1')
    .trim();
