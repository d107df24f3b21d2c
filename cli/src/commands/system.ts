import type { Command } from 'commander';
import { addGetConfig } from './system/config/get.ts';
import { addSetConfig } from './system/config/set.ts';
import { addLdap } from './system/ldap.ts';
import { addSystemLogs } from './system/logs.ts';
import { addOidc } from './system/oidc.ts';
import { addRestart } from './system/restart.ts';
import { addScan } from './system/scan.ts';

export function addSystem(program: Command): void {
  const system = program
    .command('system')
    .summary('settings, soft restart, scan of the nodes, logs')
    .description(
      'Shows and changes the settings of the farm, restarts it softly, asks its nodes to answer, and shows its logs.',
    );
  const config = system
    .command('config')
    .summary('show and change settings')
    .description('Shows and changes the settings of the farm.');
  for (const add of [addGetConfig, addSetConfig]) add(config);
  for (const add of [addLdap, addOidc, addRestart, addScan, addSystemLogs]) add(system);
}
