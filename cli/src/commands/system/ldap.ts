import type { Command } from 'commander';
import { addGetLdap } from './ldap/get.ts';
import { addSetLdap } from './ldap/set.ts';

export function addLdap(system: Command): void {
  const ldap = system
    .command('ldap')
    .summary('show and change how a directory is asked')
    .description('Shows how the directory of users is asked, or changes that.');
  for (const add of [addGetLdap, addSetLdap]) add(ldap);
}
