/**
 * Pushes a template: the edition first, which nobody sees, then the write that puts it in force. An edition that a crash
 * left behind costs its number.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { templateSourceName } from '../blobs/blobStore.ts';
import { pack } from '../blobs/packing.ts';
import type { HookSource } from '../contract/hooks.ts';
import { engineProblems } from '../domain/engineTemplate.ts';
import { DispatcherError, invalidInput } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { EngineDefinition } from '../model/engineDefinition.ts';
import type { PythonSource } from '../model/pythonTemplate.ts';
import { declarationOf, type TemplateContent, type TemplateEdition } from '../model/template.ts';
import type { TypescriptSource } from '../model/typescriptHooks.ts';
import type { Context } from '../runtime/context.ts';
import { noteHookTemplate } from './noteHookTemplate.ts';
import type { Once } from './once.ts';

const TRIES = 5;

/** What a push brings: a definition, perhaps with hooks, or Python. */
export interface TemplateInput {
  readonly definition?: EngineDefinition | undefined;
  readonly python?: PythonSource | undefined;
  readonly typescript?: TypescriptSource | undefined;
}

/** Refuses what could not work, or would take the place of a template of the project. */
export async function checkTemplate(
  context: Context,
  { definition, python, typescript }: TemplateInput,
): Promise<TemplateContent> {
  if (definition !== undefined && python !== undefined) {
    throw invalidInput('python', 'must be left out where there is a definition');
  }
  if (definition !== undefined) {
    const [problem] = engineProblems(definition);
    if (problem !== undefined) throw invalidInput(`definition.${problem.field}`, problem.rule);
    await checkIdentity(context, 'definition', definition);
    return { definition, python: null, typescript: typescript === undefined ? null : withHash(typescript) };
  }
  if (typescript !== undefined) {
    throw invalidInput('typescript', 'must be left out where there is no definition');
  }
  if (python === undefined) {
    throw invalidInput('definition', 'must be given, or python for a template in Python');
  }
  await checkIdentity(context, 'python', python);
  return { definition: null, python: withHash(python), typescript: null };
}

/** What is kept of a file: what it declares, and the hash of its text. */
function withHash<T extends { readonly source: string }>({ source, ...declared }: T) {
  return { ...declared, sha256: hashOf(source) };
}

const hashOf = (source: string): string => createHash('sha256').update(source).digest('hex');

async function checkIdentity(
  context: Context,
  field: 'definition' | 'python',
  pushed: { readonly id: number; readonly name: string },
): Promise<void> {
  for (const { id, name } of await context.templates.builtIn()) {
    if (id === pushed.id) {
      throw invalidInput(
        `${field}.id`,
        `${id} is the template ${name} of the project; take another from 1000 on`,
      );
    }
    if (name === pushed.name) {
      throw invalidInput(`${field}.name`, `${name} is the template ${id} of the project; take another`);
    }
  }
}

/** Puts a new edition in force and answers with its number. */
export async function pushTemplate(
  context: Context,
  input: TemplateInput,
  pushedBy: string,
  once: Once,
): Promise<number> {
  const content = await checkTemplate(context, input);
  const { id } = declarationOf(content);
  const { value: edition } = await once.reserve(async () => {
    const editions = await context.templates.listEditions(id);
    return (editions.at(-1)?.edition ?? 0) + 1;
  });
  // The text first: an edition whose text nobody can fetch would fail the chunks of its jobs.
  if (input.python !== undefined) await keepSource(context, input.python, 'python');
  if (input.typescript !== undefined) await keepSource(context, input.typescript, 'typescript');
  const pushed = { id, edition, ...content, pushedBy, pushedAt: timeAfter(context.clock) };
  const stands = await context.templates.addEdition(pushed);
  if (!isDeepStrictEqual(contentOf(stands), contentOf(content))) throw contested(id);
  if (!(await putInForce(context, stands, (present) => present.newest >= edition))) {
    await context.templates.removeEdition(id, edition);
    throw contested(id);
  }
  return edition;
}

const contentOf = ({ definition, python, typescript }: TemplateContent): unknown => [
  definition,
  python,
  typescript,
];

/** Keeps the text of a template under its hash, once however often it is pushed. */
const keepSource = async (
  { blobs }: Context,
  { source }: { readonly source: string },
  language: HookSource['language'],
): Promise<void> => blobs.writeOnce(templateSourceName(hashOf(source), language), await pack(source));

/** Puts an earlier edition in force, by default the one before; answers with its number. */
export async function rollBackTemplate(
  context: Context,
  id: number,
  wanted: number | undefined,
  once: Once,
): Promise<number> {
  const { value: edition } = await once.reserve(async () => {
    const present = await context.templates.find(id);
    if (present === undefined) throw notPushed(id);
    const before = (await context.templates.listEditions(id)).filter(
      ({ edition: number }) => number < present.edition,
    );
    const target = wanted ?? before.at(-1)?.edition;
    if (target === undefined) {
      throw invalidInput(
        'edition',
        `must be given: edition ${present.edition} is in force, and none is before it`,
      );
    }
    return target;
  });
  const found = await context.templates.findEdition(id, edition);
  if (found === undefined)
    throw new DispatcherError('not-found', { what: `edition of template ${id}`, id: edition });
  if (!(await putInForce(context, found, (present) => present.edition === edition))) throw contested(id);
  return edition;
}

/** False if somebody else changed the template again and again. */
async function putInForce(
  context: Context,
  edition: TemplateEdition,
  isDone: (present: { readonly edition: number; readonly newest: number }) => boolean,
): Promise<boolean> {
  await noteHookTemplate(context, edition);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const present = await context.templates.find(edition.id);
    if (present !== undefined && isDone(present)) return true;
    const newest = Math.max(present?.newest ?? 0, edition.edition);
    const version = present?.version ?? 0;
    if (await context.templates.replace({ ...edition, newest, version }, version)) return true;
  }
  return false;
}

/** Removes a pushed template: its jobs wait until it is pushed again. */
export async function removeTemplate(context: Context, id: number, once: Once): Promise<void> {
  await once.reserve(async () => {
    if ((await context.templates.find(id)) === undefined) throw notPushed(id);
    return null;
  });
  await context.templates.remove(id);
}

const contested = (id: number): Error => new DispatcherError('conflict', { what: 'template', id });
export const notPushed = (id: number): Error =>
  new DispatcherError('not-found', { what: 'pushed template', id });
