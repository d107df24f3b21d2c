import type { Command } from 'commander';
import type { EngineDefinition } from '../../../../client/src/generated.ts';
import { readObject } from '../../arguments/inputFile.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addPushTemplate(templates: Command): void {
  templates
    .command('push')
    .argument('<file>', 'JSON file with the definition; - is standard input')
    .summary('put a template in force')
    .description(
      'Checks the definition of a template and puts it in force as a new edition. Nodes need nothing new; chunks that are ' +
        'handed out more than five seconds later are built by it.',
    )
    .action(async (file: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const definition = (await readObject(file, 'one template')) as EngineDefinition;
      const { edition } = await client.templatePush({ definition });
      const { id, name } = definition;
      screen.answer({
        json: () => ({ id, edition }),
        text: () => [`Pushed template ${id} ${printable(name)}, edition ${edition}.`],
        quiet: () => [String(edition)],
      });
    });
}
