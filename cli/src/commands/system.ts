import type { Command } from 'commander';
import { addGetConfig } from './system/config/get.ts';
import { addSetConfig } from './system/config/set.ts';
import { addLdap } from './system/ldap.ts';
import { addRestart } from './system/restart.ts';
import { addScan } from './system/scan.ts';

export function addSystem(program: Command): void {
  const system = program
    .command('system')
    .summary('show and change settings, restart, scan for nodes')
    .description(
      'Shows and changes the settings of the farm, restarts it softly, and asks its nodes to answer.',
    );
  const config = system
    .command('config')
    .summary('show and change settings')
    .description('Shows and changes the settings of the farm.');
  for (const add of [addGetConfig, addSetConfig]) add(config);
  for (const add of [addLdap, addRestart, addScan]) add(system);
}
