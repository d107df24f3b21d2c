/** What holds for settings of a provider together, where it may send browsers to, and which groups its users are in. */
import { invalidInput } from '../errors.ts';
import type { OidcConfiguration } from '../model/oidcConfiguration.ts';

const loopback = new Set(['127.0.0.1', '[::1]']);

/** Throws `invalid-input` for settings that do not fit together. */
export function assertUsableOidc(configuration: OidcConfiguration): void {
  const { issuer, scopes, returnAddresses } = configuration;
  if (issuer !== '' && !isProtected(issuer)) throw fault('issuer', `${issuer} must be https://`);
  if (!scopes.includes('openid')) throw fault('scopes', 'must contain openid');
  const open = returnAddresses.find((address) => !isProtected(address));
  if (open !== undefined) throw fault('returnAddresses', `${open} must be https://`);
  if (!configuration.enabled) return;
  if (issuer === '') throw fault('issuer', 'must name the provider before it is enabled');
  if (configuration.clientId === '') throw fault('clientId', 'must be given before the provider is enabled');
}

const fault = (field: string, rule: string): Error => invalidInput(`configuration.${field}`, rule);

/** Whether nobody on the way reads what goes there. */
function isProtected(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
}

/**
 * Throws `invalid-input` for an address that a provider must not send a browser to: who gets there logs in. A program on
 * the machine of the browser listens on whatever port is free (RFC 8252, 7.3).
 */
export function assertReturnAddress(
  { returnAddresses }: Pick<OidcConfiguration, 'returnAddresses'>,
  returnAddress: string,
): void {
  const url = URL.parse(returnAddress);
  const isLocal = url?.protocol === 'http:' && loopback.has(url.hostname);
  if (!isLocal && !returnAddresses.includes(returnAddress))
    throw invalidInput('returnAddress', `${returnAddress} is not among those that an administrator allows`);
}

/** The groups here of somebody who is in these of the provider. */
export function groupsOfProvider(
  { groups }: Pick<OidcConfiguration, 'groups'>,
  providerGroups: readonly string[],
): string[] {
  const mapped = groups.filter(({ providerGroup }) => providerGroups.includes(providerGroup));
  return [...new Set(mapped.map(({ group }) => group))];
}
