import type { Command } from 'commander';
import { addAddUser } from './users/add.ts';
import { addConfigureUser } from './users/configure.ts';
import { addGetUser } from './users/get.ts';
import { addListUsers } from './users/list.ts';
import { addRemoveUser } from './users/remove.ts';

export function addUsers(program: Command): void {
  const users = program
    .command('users')
    .summary('show and set up users')
    .description('Shows users, or adds, changes and removes them.');
  for (const add of [addListUsers, addGetUser, addAddUser, addConfigureUser, addRemoveUser]) add(users);
}
