import { type Command, InvalidArgumentError } from 'commander';
import { findTemplateId } from '../../arguments/template.ts';
import { openSession } from '../../session.ts';

export function addRollBackTemplate(templates: Command): void {
  templates
    .command('rollback')
    .argument('<template>', 'number or name of a pushed template')
    .option('--edition <number>', 'edition to put in force, else the one before', parseEdition)
    .summary('put an earlier edition in force again')
    .description('Puts an earlier edition of a pushed template in force again.')
    .action(async (text: string, options: { readonly edition?: number }, command: Command) => {
      const { client, screen } = openSession(command);
      const id = await findTemplateId(client, text);
      const { edition } = await client.templateRollBack({ id, ...options });
      screen.answer({
        json: () => ({ id, edition }),
        text: () => [`Edition ${edition} of template ${id} is in force.`],
        quiet: () => [String(edition)],
      });
    });
}

function parseEdition(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1 on.');
  return Number(text);
}
