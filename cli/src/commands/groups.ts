import type { Command } from 'commander';
import { addAddGroup } from './groups/add.ts';
import { addConfigureGroup } from './groups/configure.ts';
import { addGetGroup } from './groups/get.ts';
import { addListGroups } from './groups/list.ts';
import { addRemoveGroup } from './groups/remove.ts';

export function addGroups(program: Command): void {
  const groups = program
    .command('groups')
    .summary('show and set up groups of users')
    .description('Shows groups of users, or adds, changes and removes them.');
  for (const add of [addListGroups, addGetGroup, addAddGroup, addConfigureGroup, addRemoveGroup]) add(groups);
}
