import { Argument, type Command } from 'commander';
import { placesOf } from '../completion/places.ts';
import { type Shell, scripts } from '../completion/scripts.ts';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(scripts)))
    .summary('print a script that completes commands in your shell')
    .description(
      'Prints a script that completes commands, options and their values in bash, zsh or fish; its first line says where to ' +
        'put it.',
    )
    .action((shell: Shell) => {
      process.stdout.write(scripts[shell](placesOf(program)));
    });
}
