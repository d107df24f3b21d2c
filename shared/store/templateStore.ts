/** Templates: those that come with the project, and those that were pushed to the farm. */
import type { Template, TemplateSource } from '../contract/hooks.ts';
import type { Clock } from '../model/clock.ts';
import type { PushedTemplate, TemplateEdition } from '../model/template.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { replaceByVersion } from './replaceByVersion.ts';
import { type Item, isNew, type Table, type Value } from './table.ts';

/** The longest that a process works with an old edition. */
const KEPT_MS = 5_000;
/** Links are good for five minutes; nodes use theirs at once. */
const LINK_KEPT_MS = 60_000;
/** A text never changes under its hash; those of former editions are forgotten in time. */
const TEXT_KEPT_MS = 600_000;

export function templateStore(table: Table, clock: Clock, source: () => Promise<TemplateSource>) {
  const kept = new Kept<number, Template>(clock, KEPT_MS);
  const keptLinks = new Kept<string, string>(clock, LINK_KEPT_MS);
  const keptTexts = new Kept<string, string>(clock, TEXT_KEPT_MS);
  const findBuiltIn = async (id: number): Promise<Template | undefined> =>
    (await source()).templates.find((template) => template.id === id);

  return {
    /** Those that come with the project; reading them costs nothing. */
    builtIn: async () => (await source()).templates,
    findBuiltIn,

    /** The template that an edition makes. */
    ofEdition: async (edition: TemplateEdition) => (await source()).pushedTemplate(edition),

    /** The template of a job, at most five seconds old; undefined when the farm has none of that id. Pattern T1. */
    async findKept(id: number): Promise<Template | undefined> {
      const known = kept.get(id) ?? (await findBuiltIn(id));
      if (known !== undefined) return known;
      const item = await table.get('farm', keys.template(id));
      if (item === undefined) return undefined;
      const { pushedTemplate } = await source();
      return kept.put(id, pushedTemplate(pushedOf(item)));
    },

    /** A link to the text of a template, made for many chunks at once; undefined where there is no such text. */
    async findSourceLink(
      sha256: string,
      make: () => Promise<string | undefined>,
    ): Promise<string | undefined> {
      const known = keptLinks.get(sha256);
      if (known !== undefined) return known;
      const link = await make();
      return link === undefined ? undefined : keptLinks.put(sha256, link);
    },

    /** The text of a template, read once for many calls of its hooks. */
    async findText(sha256: string, read: () => Promise<string>): Promise<string> {
      return keptTexts.get(sha256) ?? keptTexts.put(sha256, await read());
    },

    /** The edition in force of a pushed template. Pattern T1. */
    async find(id: number): Promise<PushedTemplate | undefined> {
      const item = await table.get('farm', keys.template(id), { consistent: true });
      return item === undefined ? undefined : pushedOf(item);
    },

    /** Every pushed template by id. Pattern T2. */
    async list(): Promise<readonly PushedTemplate[]> {
      const pushed: PushedTemplate[] = [];
      const query = { table: 'farm', partition: keys.templatePartition } as const;
      for await (const item of everyItem(table, query)) pushed.push(pushedOf(item));
      return pushed;
    },

    /** Puts an edition in force if nobody did meanwhile; version 0 is a new template. */
    async replace(template: PushedTemplate, seenVersion: number): Promise<boolean> {
      const isReplaced = await replaceByVersion(table, keys.template(template.id), template, seenVersion);
      kept.delete(template.id);
      return isReplaced;
    },

    /** Writes an edition; answers with what stands there, which is another one if its number was taken. */
    async addEdition(edition: TemplateEdition): Promise<TemplateEdition> {
      const item = {
        ...keys.templateEdition(edition.id, edition.edition),
        ...(edition as unknown as Record<string, Value>),
      };
      const result = await table.put('farm', item, isNew);
      return result.applied || result.present === undefined ? edition : editionOf(result.present);
    },

    /** Pattern T3. */
    async findEdition(id: number, edition: number): Promise<TemplateEdition | undefined> {
      const item = await table.get('farm', keys.templateEdition(id, edition), { consistent: true });
      return item === undefined ? undefined : editionOf(item);
    },

    /** Every edition of a template, the first first. Pattern T4. */
    async listEditions(id: number): Promise<readonly TemplateEdition[]> {
      const editions: TemplateEdition[] = [];
      const query = {
        table: 'farm',
        partition: keys.templateEditionPartition(id),
        consistent: true,
      } as const;
      for await (const item of everyItem(table, query)) editions.push(editionOf(item));
      return editions;
    },

    async removeEdition(id: number, edition: number): Promise<void> {
      await table.delete('farm', keys.templateEdition(id, edition));
    },

    /** Editions go first, so that a removal that was broken off can be done again. */
    async remove(id: number): Promise<void> {
      for (const { edition } of await this.listEditions(id)) {
        await this.removeEdition(id, edition);
      }
      await table.delete('farm', keys.template(id));
      kept.delete(id);
    },
  };
}

export type TemplateStore = ReturnType<typeof templateStore>;

function pushedOf(item: Item): PushedTemplate {
  const { pk: _pk, sk: _sk, ...template } = item;
  return withContent(template as unknown as PushedTemplate);
}

function editionOf(item: Item): TemplateEdition {
  const { pk: _pk, sk: _sk, ...edition } = item;
  return withContent(edition as unknown as TemplateEdition);
}

/** Items of the time when there was no Python, or no hooks, do not say that they have none. */
const withContent = <T extends TemplateEdition>(edition: T): T => ({
  ...edition,
  python: edition.python
    ? { ...edition.python, dispatcherHooks: edition.python.dispatcherHooks ?? [] }
    : null,
  typescript: edition.typescript ?? null,
});
