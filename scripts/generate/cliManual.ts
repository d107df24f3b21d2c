/** The manual page of `rollcall`, from its tree of commands. */
import { exitCodes, exitMeanings } from '../../cli/src/exitCodes.ts';
import { buildProgram } from '../../cli/src/program.ts';

type Command = ReturnType<typeof buildProgram>;
type Option = Command['options'][number];

/** The text of `cli/rollcall.1`. */
export function cliManual(): string {
  const program = buildProgram();
  const help = program.createHelp();
  const globals = help.visibleOptions(program);
  const isGlobal = (option: Option): boolean => globals.some(({ long }) => long === option.long);
  return [
    '.\\" Generated from the commands by `npm run generate`; do not edit.',
    `.TH ROLLCALL 1 "" "rollcall ${program.version()}" "User Commands"`,
    '.SH NAME',
    text('rollcall - the farm from a terminal'),
    '.SH SYNOPSIS',
    '.B rollcall',
    text('[options] command [arguments]'),
    '.SH DESCRIPTION',
    text(program.description()),
    '.SH OPTIONS',
    text('They may stand before or behind the command.'),
    ...globals.flatMap(optionEntry),
    '.SH COMMANDS',
    ...program.commands.flatMap((command) => commandEntry(command, isGlobal)),
    '.SH EXIT STATUS',
    ...Object.entries(exitMeanings).flatMap(([name, meaning]) => [
      '.TP',
      `.B ${exitCodes[name as keyof typeof exitCodes]}`,
      text(meaning),
    ]),
    '.SH ENVIRONMENT',
    ...globals.flatMap((option) =>
      option.envVar === undefined
        ? []
        : ['.TP', `.B ${option.envVar}`, text(`as ${option.long}: ${option.description}`)],
    ),
    '.TP',
    '.B ROLLCALL_PASSWORD',
    text('the password for login, instead of asking'),
    '.TP',
    '.B NO_COLOR, FORCE_COLOR',
    text('no colours, or colours also where there is no terminal'),
    '.SH FILES',
    '.TP',
    '.I ~/.config/rollcall/credentials.json',
    text('where login keeps the address and the token'),
    '',
  ].join('\n');
}

function commandEntry(command: Command, isGlobal: (option: Option) => boolean): string[] {
  const help = command.createHelp();
  const heading = help.commandUsage(command).replace(' [options]', '');
  // Operations have their options in the documentation of the API.
  if (command.name() === 'call') {
    return [
      `.SS ${quoted('rollcall call operation [--field value ...]')}`,
      text(command.description()),
      ...command.commands.flatMap((operation) => [
        '.TP',
        `.B ${operation.name()}`,
        text(operation.summary()),
      ]),
    ];
  }
  if (command.commands.length > 0) {
    return command.commands.flatMap((child) => commandEntry(child, isGlobal));
  }
  return [
    `.SS ${quoted(heading)}`,
    text(command.description()),
    ...help
      .visibleArguments(command)
      .flatMap((argument) => [
        '.TP',
        `.I ${text(argument.name())}`,
        text(help.argumentDescription(argument)),
      ]),
    ...help
      .visibleOptions(command)
      .filter((option) => !isGlobal(option))
      .flatMap(optionEntry),
  ];
}

function optionEntry(option: Option): string[] {
  const choices = option.argChoices === undefined ? '' : `: ${option.argChoices.join(', ')}`;
  const fallback =
    option.defaultValue === undefined || typeof option.defaultValue === 'boolean'
      ? ''
      : ` (${option.defaultValue} if not given)`;
  return ['.TP', `.B ${text(option.flags)}`, text(`${option.description}${choices}${fallback}`)];
}

/** Text that roff takes as it is: hyphens that can be copied, and no line that looks like a request. */
function text(plain: string): string {
  const escaped = plain.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

const quoted = (plain: string): string => `"${text(plain).replaceAll('"', '""')}"`;
