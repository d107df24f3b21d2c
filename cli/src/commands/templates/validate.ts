import type { Command } from 'commander';
import type { EngineDefinition } from '../../../../client/src/generated.ts';
import { readObject } from '../../arguments/inputFile.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addValidateTemplate(templates: Command): void {
  templates
    .command('validate')
    .argument('<file>', 'JSON file with the definition; - is standard input')
    .summary('check a template without pushing it')
    .description(
      'Lets the dispatcher check the definition of a template as a push would; nothing is changed.',
    )
    .action(async (file: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const definition = (await readObject(file, 'one template')) as EngineDefinition;
      await client.templatePush({ definition, dryRun: true });
      const { id, name } = definition;
      screen.answer({
        json: () => ({ id }),
        text: () => [`Template ${id} ${printable(name)} can be pushed.`],
        quiet: () => [],
      });
    });
}
