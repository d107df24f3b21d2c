/** Templates by number or name. */
import { InvalidArgumentError } from 'commander';
import type { Client } from '../../../client/src/client.ts';
import { usageError } from '../failure.ts';
import { templateIds } from '../generated.ts';
import { collect } from '../pages.ts';

const LARGEST_ID = 65_535;
/** Farms have fewer; it only keeps a broken answer from never ending. */
const MOST = 10_000;

/** Those that come with Rollcall, for help texts. */
export const templateNames: readonly string[] = Object.keys(templateIds);

/** Those that were pushed are known to the dispatcher alone: they are named by number. */
export function parseTemplate(text: string): number {
  const id = numberOf(text) ?? ofTheProject(text);
  if (id !== undefined) return id;
  const names = Object.entries(templateIds).map(([name, number]) => `${name} (${number})`);
  throw new InvalidArgumentError(`It must be ${names.join(', ')} or the number of another template.`);
}

/** The number of a template, which may have been pushed, from its number or name. */
export async function findTemplateId(client: Client, text: string): Promise<number> {
  const id = numberOf(text) ?? ofTheProject(text);
  if (id !== undefined) return id;
  const { entries } = await collect(MOST, async (page) => {
    const { templates, nextPageToken } = await client.templateGetList({ ...page });
    return { entries: templates, nextPageToken };
  });
  const found = entries.find(({ name }) => name === text);
  if (found === undefined) throw usageError(`there is no template ${text}; rollcall templates lists them`);
  return found.id;
}

const ofTheProject = (name: string): number | undefined =>
  Object.hasOwn(templateIds, name) ? templateIds[name] : undefined;

function numberOf(text: string): number | undefined {
  const id = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return id >= 1 && id <= LARGEST_ID ? id : undefined;
}

/** What people call a template. */
export const templateName = (id: number): string =>
  templateNames.find((name) => templateIds[name] === id) ?? `template ${id}`;
