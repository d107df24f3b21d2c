import { basename, extname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Operations } from '../../../../client/src/generated.ts';
import { readText } from '../../arguments/inputFile.ts';
import { readTypescriptFile } from '../../arguments/typescriptFile.ts';
import { exitCodes } from '../../exitCodes.ts';
import { CliError, usageError } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

type Script = Pick<Operations['systemRunScript']['input'], 'language' | 'file' | 'source'>;

const MOST_SECONDS = 20;

export function addRunScript(script: Command): void {
  script
    .command('run')
    .argument('<file>', 'FILE.py, or FILE.ts that exports a function by default')
    .option('--seconds <count>', `when it is killed, 1-${MOST_SECONDS}`, parseSeconds, MOST_SECONDS)
    .summary('run a file in the dispatcher')
    .description(
      'Runs a file where hooks run and shows what it prints. In Python MDispatcherAPI calls the dispatcher, in TypeScript the ' +
        'client that the function is given. Only administrators may.',
    )
    .action(async (path: string, { seconds }: { readonly seconds: number }, command: Command) => {
      const { client, screen } = openSession(command);
      const { output, failure } = await client.systemRunScript({ ...(await readScript(path)), seconds });
      screen.answer({
        json: () => ({ output, failure }),
        text: () => output.replace(/\n$/, '').split('\n').map(printable),
        quiet: () => [],
      });
      if (failure !== null)
        throw new CliError(
          exitCodes.commandFailed,
          `${basename(path)} ${failure.reason}: ${printable(failure.message)}`,
        );
    });
}

async function readScript(path: string): Promise<Script> {
  const file = basename(path);
  switch (extname(path).toLowerCase()) {
    case '.py':
      return { language: 'python', file, source: await readText(path) };
    case '.ts': {
      const { source, isScript } = await readTypescriptFile(path);
      if (!isScript) throw usageError(`${file} exports no function by default`);
      return { language: 'typescript', file, source };
    }
    default:
      throw usageError(`${file} must be a file of Python, .py, or of TypeScript, .ts`);
  }
}

function parseSeconds(text: string): number {
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > MOST_SECONDS)
    throw new InvalidArgumentError(`It must be a number from 1 to ${MOST_SECONDS}.`);
  return seconds;
}
