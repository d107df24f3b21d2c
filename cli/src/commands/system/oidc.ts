import type { Command } from 'commander';
import { addGetOidc } from './oidc/get.ts';
import { addSetOidc } from './oidc/set.ts';

export function addOidc(system: Command): void {
  const oidc = system
    .command('oidc')
    .summary('show and change the provider that users log in by')
    .description('Shows by which provider of identities users log in (OpenID Connect), or changes that.');
  for (const add of [addGetOidc, addSetOidc]) add(oidc);
}
