/** Commands for several nodes that have nothing to answer. */
import type { Command } from 'commander';
import type { Client } from '../../../../client/src/client.ts';
import { answerOutcome, eachOf } from '../../eachOf.ts';
import { getNode } from '../../nodes.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export const NODES = ['<node...>', 'ids or names of nodes'] as const;

/** Runs a command for each node and tells of them by the names that they were given. */
export async function forEachNode(
  command: Command,
  names: readonly string[],
  did: string,
  run: (client: Client, id: number) => Promise<unknown>,
): Promise<void> {
  const { client, screen } = openSession(command);
  const outcome = await eachOf([...new Set(names)], async (name) =>
    run(client, (await getNode(client, name)).id),
  );
  answerOutcome(screen, outcome, (done) => `${did} ${nodesText(done)}.`);
}

/** `node alpha`, or `nodes alpha, beta`. */
export const nodesText = (names: readonly string[]): string =>
  `${names.length === 1 ? 'node' : 'nodes'} ${names.map(printable).join(', ')}`;
