/** Commands that a node carries out once and answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import type { CommandAnswer } from '../../../../client/src/generated.ts';
import { eachOf, failures, showFailures } from '../../eachOf.ts';
import { exitCodes } from '../../exitCodes.ts';
import { CliError } from '../../failure.ts';
import { getNode } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

/** A node that lives answers within seconds, or with its next heartbeat. */
const PATIENCE_SECONDS = 15;
const FIRST_LOOK_MS = 200;
const LONGEST_PAUSE_MS = 2_000;

export interface Waiting {
  readonly wait: boolean;
}

export const noWaitOption = (): Option => new Option('--no-wait', 'do not wait for the answer of the node');

/** What became of a command, null if the node has not said it within that time. */
export async function waitForAnswer(
  client: Client,
  sent: { readonly id: number; readonly commandId: string },
  seconds = PATIENCE_SECONDS,
): Promise<CommandAnswer | null> {
  const until = Date.now() + seconds * 1_000;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)) {
    const { answer } = await client.nodeGetCommandAnswer(sent);
    if (answer !== null || Date.now() >= until) return answer;
    await pause(Math.min(wait, Math.max(0, until - Date.now())));
  }
}

interface Sent {
  readonly id: number;
  readonly name: string;
  readonly commandId: string;
  readonly answer: CommandAnswer | null;
}

/** Sends one command to each node and tells what each answers. A node that cannot do it does not keep it from the others. */
export async function sendToEach(
  command: Command,
  names: readonly string[],
  { wait }: Waiting,
  send: (client: Client, id: number) => Promise<{ readonly commandId: string }>,
): Promise<void> {
  const { client, screen } = openSession(command);
  const answered = new Map<string, Sent>();
  const outcome = await eachOf([...new Set(names)], async (nodeOrId) => {
    const { id, name } = await getNode(client, nodeOrId);
    const { commandId } = await send(client, id);
    const answer = wait ? await waitForAnswer(client, { id, commandId }) : null;
    answered.set(nodeOrId, { id, name, commandId, answer });
  });
  const done = outcome.done.flatMap((name) => answered.get(name) ?? []);
  screen.answer({
    json: () => ({ done, failed: failures(outcome) }),
    text: () => done.filter(({ answer }) => answer?.ok !== false).map((sent) => answerText(sent, wait)),
    quiet: () => done.map(({ commandId }) => commandId),
  });
  const refused = done.filter(({ answer }) => answer?.ok === false).map(refusal);
  for (const error of refused) screen.error(error);
  if (refused.length > 0) process.exitCode = exitCodes.commandFailed;
  showFailures(screen, outcome);
}

/** One line: what the node said, or that it has said nothing yet. */
export function answerText({ name, answer }: Pick<Sent, 'name' | 'answer'>, hasWaited: boolean): string {
  const node = `Node ${printable(name)}`;
  if (answer === null) return hasWaited ? `${node}: sent, not answered yet.` : `${node}: sent.`;
  return `${node}: ${answer.output === '' ? 'done.' : printable(answer.output)}`;
}

/** The node answered that it did not do it. */
export const refusal = ({ name, answer }: Pick<Sent, 'name' | 'answer'>): CliError =>
  new CliError(
    exitCodes.commandFailed,
    `node ${name} did not do it: ${answer?.output.trim() || 'it gave no reason'}`,
  );
