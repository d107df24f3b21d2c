/**
 * The program that runs hooks and scripts in TypeScript: a process of one file, which Node keeps from files, other processes
 * and workers (`--permission`) and which has no environment. It also tells of a file what is in it, and strips its types.
 *
 * A request is a line of JSON on standard input, the answer a line on standard output. Whatever the file prints goes to
 * standard error; a mark with the `id` of the request ends it there.
 */
import { isBuiltin, registerHooks, stripTypeScriptTypes } from 'node:module';
import { createInterface } from 'node:readline';
import { type Client, createClient, RollcallError, UnreachableError } from './client.ts';

interface Request {
  readonly id: number;
  /** `describe` strips the types and tells what the file exports, `script` runs what it exports by default. */
  readonly work: 'describe' | 'hook' | 'script';
  readonly file: string;
  readonly source: string;
  readonly call?: { readonly hook: string } & Readonly<Record<string, unknown>>;
  readonly api?: { readonly url: string; readonly token: string };
}

type Exported = Readonly<Record<string, unknown>>;

/** ASCII's record separator: before the id of a request whose output is over. */
const mark = '\x1e';
const scheme = 'template:';
/** What a file imports under this name is made of what is loaded here already. */
const clientPackage = '@rollcall/client';
const clientUrl = 'rollcall:client';
/** Longer messages help nobody. */
const longestMessage = 2_000;
/** What reaches other processes or parts of this program past the permissions of Node. */
const closedModules = new Set(['node:module', 'node:inspector', 'node:inspector/promises', 'node:repl']);
const closedOfProcess = [
  'kill',
  '_kill',
  '_debugProcess',
  '_debugEnd',
  'binding',
  'getBuiltinModule',
  'dlopen',
];

class FileError extends Error {}

const answer = process.stdout.write.bind(process.stdout);
let loaded: { readonly source: string; readonly exported: Promise<Exported> } | undefined;
let text = '';

prepare();
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  const result = await resultOf(request);
  process.stderr.write(`${mark}${request.id}\n`);
  answer(`${JSON.stringify({ id: request.id, ...result })}\n`);
}
process.exit();

function prepare(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  for (const name of closedOfProcess) Reflect.deleteProperty(process, name);
  Object.assign(globalThis, {
    [Symbol.for(clientPackage)]: { createClient, RollcallError, UnreachableError },
  });
  registerHooks({
    resolve(specifier, { parentURL }, next) {
      if (specifier.startsWith(scheme)) return { url: specifier, format: 'module', shortCircuit: true };
      if (parentURL?.startsWith(scheme) !== true) return next(specifier);
      if (specifier === clientPackage) return { url: clientUrl, format: 'module', shortCircuit: true };
      if (specifier.startsWith('node:') && isBuiltin(specifier) && !closedModules.has(specifier))
        return next(specifier);
      throw new FileError(
        closedModules.has(specifier)
          ? `it imports ${specifier}, which hooks cannot have`
          : `it imports ${specifier}; only node: modules and ${clientPackage} can be imported`,
      );
    },
    load(url, context, next) {
      if (url.startsWith(scheme)) return { format: 'module', source: text, shortCircuit: true };
      if (url !== clientUrl) return next(url, context);
      const source = `export const { createClient, RollcallError, UnreachableError } = globalThis[Symbol.for('${clientPackage}')];`;
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

async function resultOf(request: Request): Promise<object> {
  try {
    return { value: await run(request) };
  } catch (cause) {
    return { error: explain(cause, request.file).slice(0, longestMessage) };
  }
}

async function run({ work, file, source, call, api }: Request): Promise<unknown> {
  if (work === 'describe') {
    const stripped = stripTypeScriptTypes(source, { sourceUrl: urlOf(file) });
    return { source: stripped, ...describe(await load(file, stripped)) };
  }
  const exported = await load(file, source);
  const { url, token } = api ?? { url: '', token: '' };
  // A hook is shorter than the patience of a client.
  const tools: { client: Client } = { client: createClient({ url, token, retries: 2 }) };
  if (work === 'script') {
    const script = exported['default'];
    if (typeof script !== 'function') throw new FileError('it exports no function by default');
    await script(tools);
    return null;
  }
  const hooks = hooksOf(exported);
  const { hook = '', ...given } = call ?? {};
  const function_ = hooks[hook];
  if (typeof function_ !== 'function') throw new FileError(`it has no ${hook}`);
  return answerOf(await function_.call(hooks, given, tools));
}

function urlOf(file: string): string {
  return `${scheme}///${encodeURIComponent(file)}`;
}

/** A file never changes: another edition of it is another process. */
function load(file: string, source: string): Promise<Exported> {
  if (loaded === undefined) {
    text = source;
    loaded = { source, exported: import(urlOf(file)) as Promise<Exported> };
  }
  if (loaded.source !== source) throw new Error('this process has another file');
  return loaded.exported;
}

function describe(exported: Exported): object {
  const { definition } = exported;
  return {
    definition: definition ?? null,
    hooks: Object.entries('hooks' in exported ? hooksOf(exported) : {}).map(([name, value]) => {
      if (typeof value !== 'function') throw new FileError(`${name} of its hooks is no function`);
      return name;
    }),
    isScript: typeof exported['default'] === 'function',
  };
}

function hooksOf({ hooks }: Exported): Readonly<Record<string, unknown>> {
  if (typeof hooks !== 'object' || hooks === null) throw new FileError('it exports no object hooks');
  return hooks as Readonly<Record<string, unknown>>;
}

/** Nothing, an error or a user is an answer; anything else is a mistake that must not count as a good one. */
function answerOf(result: unknown): unknown {
  if (result === undefined || result === null) return { kind: 'ok' };
  const { error, user } = result as { error?: unknown; user?: unknown };
  if (typeof error === 'string') return { kind: 'error', message: error.slice(0, longestMessage) };
  if (typeof user === 'string') return { kind: 'ok', user };
  throw new FileError('it must return nothing, { error } or { user }');
}

/** A mistake in one line, with the line of the file where it is. */
function explain(cause: unknown, file: string): string {
  if (cause instanceof FileError) return cause.message;
  if (!(cause instanceof Error)) return String(cause);
  const place = `${urlOf(file)}:`;
  const at = cause.stack?.indexOf(place) ?? -1;
  const line = at < 0 ? undefined : /^\d+/.exec(cause.stack?.slice(at + place.length) ?? '')?.[0];
  const what = `${cause.name}: ${cause.message}`.replaceAll(urlOf(file), file);
  return line === undefined ? what : `line ${line}: ${what}`;
}
