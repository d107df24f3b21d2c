import type { Command } from 'commander';
import { addAddPool } from './pools/add.ts';
import { addAnnouncePools } from './pools/announce.ts';
import { addConfigurePool } from './pools/configure.ts';
import { addGetPool } from './pools/get.ts';
import { addListPools } from './pools/list.ts';
import { addRemovePool } from './pools/remove.ts';

export function addPools(program: Command): void {
  const pools = program
    .command('pools')
    .summary('show and set up pools')
    .description(
      'Shows the pools of the farm, or sets them up: the nodes that are in them, and machines that are woken with them.',
    );
  for (const add of [addListPools, addGetPool, addAddPool, addConfigurePool, addRemovePool, addAnnouncePools])
    add(pools);
}
