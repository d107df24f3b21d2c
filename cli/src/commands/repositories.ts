import type { Command } from 'commander';
import { addAddRepository } from './repositories/add.ts';
import { addAnnounceRepositories } from './repositories/announce.ts';
import { addConfigureRepository } from './repositories/configure.ts';
import { addGetRepository } from './repositories/get.ts';
import { addListRepositories } from './repositories/list.ts';
import { addRemoveRepository } from './repositories/remove.ts';

export function addRepositories(program: Command): void {
  const repositories = program
    .command('repositories')
    .summary('show and set up places with a path on each platform')
    .description('Shows repositories, or adds, changes and removes them.');
  for (const add of [
    addListRepositories,
    addGetRepository,
    addAddRepository,
    addConfigureRepository,
    addRemoveRepository,
    addAnnounceRepositories,
  ])
    add(repositories);
}
