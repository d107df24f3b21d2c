import type { Command } from 'commander';
import { findTemplateId } from '../../arguments/template.ts';
import { addRemoveCommand } from '../removeCommand.ts';

export const addRemoveTemplate = (templates: Command): void =>
  addRemoveCommand(
    templates,
    'template',
    {
      summary: 'remove a pushed template',
      effect: 'Removes a pushed template with all its editions: its jobs wait until it is pushed again.',
    },
    async (client, text) => client.templateRemove({ id: await findTemplateId(client, text) }),
  );
