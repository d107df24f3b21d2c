import type { Command } from 'commander';
import { addListTemplates } from './templates/list.ts';
import { addPushTemplate } from './templates/push.ts';
import { addRemoveTemplate } from './templates/remove.ts';
import { addRollBackTemplate } from './templates/rollback.ts';
import { addShowTemplate } from './templates/show.ts';
import { addValidateTemplate } from './templates/validate.ts';

export function addTemplates(program: Command): void {
  const templates = program
    .command('templates')
    .summary('show render engines, push your own')
    .description('Shows templates, or pushes, rolls back and removes those of the studio.');
  for (const add of [
    addListTemplates,
    addShowTemplate,
    addValidateTemplate,
    addPushTemplate,
    addRollBackTemplate,
    addRemoveTemplate,
  ])
    add(templates);
}
