import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Client } from '../../../client/src/client.ts';
import { readObject } from '../arguments/inputFile.ts';
import { usageError } from '../failure.ts';
import type { Field, OperationHelp } from '../generated.ts';
import { type UserOperation, userOperations } from '../operations.ts';
import { safeJson } from '../output/printable.ts';
import { openAnonymousSession, openSession } from '../session.ts';

/** Others on the machine see the arguments of a process. */
const SECRET = 'password';

export function addCall(program: Command): void {
  const call = program
    .command('call')
    .summary('call an operation of the API by its name')
    .description(
      'Calls an operation of the API by its name and prints its answer as JSON. Fields are options; --input takes them ' +
        'from a JSON file, and an option wins over the file.',
    );
  for (const [name, operation] of userOperations) addOperation(call, name, operation);
}

function addOperation(call: Command, name: UserOperation, operation: OperationHelp): void {
  const command = call
    .command(name)
    .summary(summaryOf(operation))
    .description(operation.text)
    .option('--input <file>', 'JSON file with the fields; - is standard input');
  const fields = operation.fields.filter((field) => field.name !== SECRET);
  for (const field of fields) command.addOption(optionOf(field));
  command.action(async ({ input, ...given }: { readonly input?: string }) => {
    const fromFile = input === undefined ? {} : await readObject(input, `the fields of ${name}`);
    const all = { ...fromFile, ...given };
    const missing = operation.fields.find((field) => field.isRequired && !(field.name in all));
    if (missing !== undefined) {
      throw usageError(
        missing.name === SECRET
          ? `${name} needs a ${SECRET}; give it by --input, since arguments can be seen`
          : `${name} needs --${missing.name}, or "${missing.name}" by --input`,
      );
    }
    const { client, screen } = operation.needsLogin ? openSession(command) : openAnonymousSession(command);
    const answer = await (client[name] as Client['jobGet'])(all as never);
    screen.print([safeJson(answer, 2)]);
  });
}

function optionOf({ name, type, isRequired, text, choices }: Field): Option {
  const option = new Option(`--${name} <${type}>`, help(text, isRequired));
  if (choices !== undefined) return option.choices(choices);
  switch (type) {
    case 'text':
      return option;
    case 'number':
      return option.argParser(parseAnyNumber);
    case 'boolean':
      return option.choices(['true', 'false']).argParser(parseBoolean);
    case 'json':
      return option.argParser(parseJson);
  }
}

/** The first sentence, as summaries are written. */
const summaryOf = ({ text }: OperationHelp): string =>
  text.charAt(0).toLowerCase() +
  text
    .slice(1)
    .split(/\.(?: |$)/, 1)
    .join('');

const help = (text: string, isRequired: boolean): string =>
  [text.replace(/\.$/, ''), ...(isRequired ? ['(required)'] : [])].filter((part) => part !== '').join(' ');

function parseAnyNumber(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It must be a number.');
}

function parseBoolean(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new InvalidArgumentError('It must be true or false.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It must be JSON: ${(error as Error).message}`);
  }
}
