import type { Command } from 'commander';
import { pythonOption, readTemplateFile } from '../../arguments/templateFile.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addValidateTemplate(templates: Command): void {
  templates
    .command('validate')
    .argument(
      '<file>',
      'JSON file with the definition, FILE.ts or FILE.py; - is standard input, with a definition',
    )
    .addOption(pythonOption())
    .summary('check a template without pushing it')
    .description('Lets the dispatcher check a template as a push would; nothing is changed.')
    .action(async (file: string, options: { readonly python: string }, command: Command) => {
      const { client, screen } = openSession(command);
      const { id, name, input, notes } = await readTemplateFile(file, options);
      await client.templatePush({ ...input, dryRun: true });
      screen.answer({
        json: () => ({ id }),
        text: () => [
          `Template ${id} ${printable(name)} can be pushed.`,
          ...notes.map((note) => `Note: ${printable(note)}.`),
        ],
        quiet: () => [],
      });
    });
}
