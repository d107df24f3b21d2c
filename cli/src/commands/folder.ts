import type { Command } from 'commander';
import { parseFolder, ROOT_ID } from '../arguments/ids.ts';
import { printable } from '../output/printable.ts';
import { openSession } from '../session.ts';

export function addFolder(program: Command): void {
  program
    .command('folder')
    .argument('<name>', 'name of the folder')
    .summary('make a folder')
    .description('Makes a folder for jobs.')
    .option('--parent <id>', 'folder to put it in, or root', parseFolder, ROOT_ID)
    .option('--owner <name>', 'owner, if not you')
    .action(async (name: string, { parent, owner }: { parent: number; owner?: string }, command: Command) => {
      const { client, screen } = openSession(command);
      const { id } = await client.jobAddFolder({ name, parentId: parent, owner });
      screen.answer({
        json: () => ({ id }),
        text: () => [`Made folder ${id}, ${printable(name)}.`],
        quiet: () => [String(id)],
      });
    });
}
