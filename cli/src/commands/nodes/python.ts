import { type Command, Option } from 'commander';
import type { CommandAnswer } from '../../../../client/src/generated.ts';
import { parseNumber } from '../../arguments/ids.ts';
import { readText } from '../../arguments/inputFile.ts';
import { exitCodes } from '../../exitCodes.ts';
import { CliError, usageError } from '../../failure.ts';
import { getNode } from '../../nodes.ts';
import { logForTerminal } from '../../output/logText.ts';
import { openSession } from '../../session.ts';
import { noWaitOption, type Waiting, waitForAnswer } from './onceCommand.ts';

const DEFAULT_LIMIT_SECONDS = 60;
const LARGEST_LIMIT_SECONDS = 3_600;
/** For the command to reach the node, and for its answer. */
const GRACE_SECONDS = 15;

export function addPython(nodes: Command): void {
  nodes
    .command('python')
    .argument('<node>', 'id or name of a node')
    .argument('[file]', 'file with the code; otherwise, or with -, standard input')
    .summary('run Python code on a node')
    .description(
      'Runs Python code on a node that was started with --allow-python, prints what it writes, and ends with 8 if the ' +
        'code failed, was stopped at its time limit, or was not run at all.',
    )
    .addOption(
      new Option('--time-limit <seconds>', 'stops the code after so long')
        .argParser(parseNumber(1, LARGEST_LIMIT_SECONDS))
        .default(DEFAULT_LIMIT_SECONDS),
    )
    .addOption(noWaitOption())
    .action(
      async (
        nodeOrId: string,
        file: string | undefined,
        { timeLimit, wait }: Waiting & { readonly timeLimit: number },
        command: Command,
      ) => {
        if (file === undefined && process.stdin.isTTY) {
          throw usageError('name a file with the code, or - to type it');
        }
        const { client, screen } = openSession(command);
        const { id, name } = await getNode(client, nodeOrId);
        const code = await readText(file ?? '-');
        if (code === '') throw usageError('there is no code to run: what was read is empty');
        const { commandId } = await client.nodeRunPythonCode({ id, code, timeLimitSeconds: timeLimit });
        const answer = wait
          ? await waitForAnswer(client, { id, commandId }, timeLimit + GRACE_SECONDS)
          : null;
        if (screen.isJson || !wait) {
          screen.answer({
            json: () => ({ id, commandId, answer }),
            text: () => [
              `Sent; its answer: rollcall call nodeGetCommandAnswer --id ${id} --commandId ${commandId}`,
            ],
            quiet: () => [commandId],
          });
        } else if (answer !== null && answer.exitCode !== null) {
          process.stdout.write(screen.isTerminal ? logForTerminal(answer.output) : answer.output);
        }
        if (wait) assertSucceeded(answer, name);
      },
    );
}

function assertSucceeded(answer: CommandAnswer | null, name: string): void {
  if (answer?.ok) return;
  const what =
    answer === null
      ? `node ${name} has not answered in time`
      : answer.exitCode === null
        ? `node ${name} did not run the code to its end: ${answer.output.trim()}`
        : `the code ended with exit code ${answer.exitCode} on node ${name}`;
  throw new CliError(exitCodes.commandFailed, what);
}
