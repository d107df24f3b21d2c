import type { Command } from 'commander';
import type { Client } from '../../../client/src/client.ts';
import { type Column, table } from '../output/table.ts';
import { collect, type Page } from '../pages.ts';
import { openSession } from '../session.ts';

/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST = 10_000;

/** Adds `list`, which is also the command alone, to the commands on things that have names. */
export function addListCommand<Entry extends { readonly name: string }>(
  parent: Command,
  description: string,
  readPage: (
    client: Client,
    page: Page,
  ) => Promise<{ entries: readonly Entry[]; nextPageToken: string | null }>,
  columns: readonly Column<Entry>[],
): void {
  const things = parent.name();
  parent
    .command('list', { isDefault: true })
    .summary(`show them; the same as ${things} alone`)
    .description(description)
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { entries, isComplete } = await collect<Entry>(MOST, (page) => readPage(client, page));
      screen.answer({
        json: () => ({ [things]: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? [`No ${things}.`]
            : table<Entry>(entries, columns, screen.width(), screen.paint),
        quiet: () => entries.map(({ name }) => name),
      });
    });
}
