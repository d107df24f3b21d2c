/** What may be typed where, from the tree of commands. */
import type { Command, Option } from 'commander';

/** A command with everything that may come behind it. */
export interface Place {
  /** Its words without the program's name: `nodes pause`; empty for the program itself. */
  readonly path: string;
  /** Commands, options and the values of arguments. */
  readonly words: readonly string[];
  /** Whether an argument is a file. */
  readonly takesFile: boolean;
  /** Words that lead to a further place. */
  readonly steps: readonly (readonly [word: string, path: string])[];
  /** Options with a fixed choice of values. */
  readonly values: readonly (readonly [option: string, choices: readonly string[]])[];
}

/** All places, outer before inner ones. */
export function placesOf(program: Command): Place[] {
  const globals = optionsOf(program).filter((option) => option.long !== '--version');
  const visit = (command: Command, path: string): Place[] => {
    const options = command === program ? optionsOf(program) : [...optionsOf(command), ...globals];
    const commands = command.createHelp().visibleCommands(command);
    const pathOf = (child: Command): string => [path, child.name()].filter((part) => part !== '').join(' ');
    const place: Place = {
      path,
      words: [
        ...commands.map((child) => child.name()),
        ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
        ...new Set(options.flatMap(({ long }) => long ?? [])),
      ],
      takesFile: command.registeredArguments.some((argument) => argument.name() === 'file'),
      steps: command.commands.flatMap((child) =>
        [child.name(), ...child.aliases()].map((word) => [word, pathOf(child)] as const),
      ),
      values: options.flatMap(({ long, argChoices }) =>
        long !== undefined && long !== null && argChoices !== undefined ? [[long, argChoices] as const] : [],
      ),
    };
    return [place, ...command.commands.flatMap((child) => visit(child, pathOf(child)))];
  };
  return visit(program, '');
}

const optionsOf = (command: Command): readonly Option[] => command.createHelp().visibleOptions(command);
