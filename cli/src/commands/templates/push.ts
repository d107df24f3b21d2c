import type { Command } from 'commander';
import { pythonOption, readTemplateFile } from '../../arguments/templateFile.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addPushTemplate(templates: Command): void {
  templates
    .command('push')
    .argument(
      '<file>',
      'JSON file with the definition, FILE.ts or FILE.py; - is standard input, with a definition',
    )
    .addOption(pythonOption())
    .summary('put a template in force')
    .description(
      'Checks a template and puts it in force as a new edition. Nodes need nothing new; chunks that are handed out more than ' +
        'five seconds later are built by it. A template of Muster, FILE.py, and one with hooks in TypeScript, FILE.ts, are loaded on this machine to see what they declare.',
    )
    .action(async (file: string, options: { readonly python: string }, command: Command) => {
      const { client, screen } = openSession(command);
      const { id, name, input, notes } = await readTemplateFile(file, options);
      const { edition } = await client.templatePush(input);
      screen.answer({
        json: () => ({ id, edition }),
        text: () => [
          `Pushed template ${id} ${printable(name)}, edition ${edition}.`,
          ...notes.map((note) => `Note: ${printable(note)}.`),
        ],
        quiet: () => [String(edition)],
      });
    });
}
