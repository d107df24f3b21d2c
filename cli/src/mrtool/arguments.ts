/** The command line of `mrtool`: flags with one dash, each with a fixed number of values. */
import { usageError } from '../failure.ts';

/** Values of each flag that was given; of one that may come several times, all of them. */
export type Flags = ReadonlyMap<string, readonly (readonly string[])[]>;

export interface Given {
  readonly host: string;
  readonly port: string | undefined;
  readonly user: string;
  readonly password: string;
  readonly verbosity: number;
  readonly does: 'submit' | 'query' | 'act';
  readonly flags: Flags;
}

/** How many values follow each flag. */
const VALUES: Readonly<Record<string, number>> = {
  // Connection.
  ...counts(1, ['s', 'port', 'u', 'p', 'v']),
  // Submission.
  ...counts(0, ['b', 'folder']),
  ...counts(1, [
    'e',
    'n',
    'parent',
    'pool',
    'group',
    'department',
    'info',
    'pr',
    'pk',
    'max',
    'sf',
    'ef',
    'bf',
    'se',
    'st',
  ]),
  ...counts(1, ['f', 'proj', 'dest', 'add', 'wait', 'ojs', 'eja', 'eca', 'ecart']),
  ...counts(3, ['attr']),
  // Query.
  ...counts(1, [
    'q',
    'jf',
    'hf',
    'pf',
    'cf',
    'H',
    'S',
    'job',
    'chunk',
    'jobparent',
    'jobstatus',
    'jobengine',
  ]),
  // Actions.
  ...counts(1, ['jobri', 'jobrm', 'jobp']),
  ...counts(2, ['chunkrq']),
};

const ACTIONS = ['chunkrq', 'jobri', 'jobrm', 'jobp'];

/** Throws a usage error that names the flag. */
export function parseArguments(args: readonly string[]): Given {
  const flags = new Map<string, string[][]>();
  for (let position = 0; position < args.length; ) {
    const name = (args[position] ?? '').replace(/^-/, '');
    const count = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
    if (count === undefined || !args[position]?.startsWith('-'))
      throw usageError(`mrtool has no flag ${args[position]}; it has -${Object.keys(VALUES).join(', -')}`);
    const values = args.slice(position + 1, position + 1 + count);
    if (values.length < count)
      throw usageError(`-${name} takes ${count === 1 ? 'a value' : `${count} values`}`);
    flags.set(name, [...(flags.get(name) ?? []), values]);
    position += 1 + count;
  }
  const isSubmit = flags.has('b');
  const isQuery = flags.has('q');
  const acts = ACTIONS.filter((name) => flags.has(name));
  if (Number(isSubmit) + Number(isQuery) + acts.length !== 1)
    throw usageError('give one of -b (submit), -q (query), -chunkrq, -jobri, -jobrm and -jobp');
  return {
    host: one(flags, 's') ?? process.env['ROLLCALL_URL'] ?? '127.0.0.1',
    port: one(flags, 'port'),
    user: one(flags, 'u') ?? 'admin',
    password: one(flags, 'p') ?? '',
    verbosity: Number(one(flags, 'v') ?? 0),
    does: isSubmit ? 'submit' : isQuery ? 'query' : 'act',
    flags,
  };
}

function counts(count: number, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, count]));
}

/** The value of a flag; of one that came several times, the last. */
export const one = (flags: Flags, name: string): string | undefined => flags.get(name)?.at(-1)?.[0];

/** The value as a number. Throws a usage error that names the flag. */
export function oneNumber(flags: Flags, name: string): number | undefined {
  const text = one(flags, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    throw usageError(`-${name} takes a number, not ${text}`);
  return number;
}

/** `-s` is a host, with the port of `-port`, or the whole address of a dispatcher in the cloud. */
export function dispatcherUrl({ host, port }: Pick<Given, 'host' | 'port'>): string {
  return /^https?:\/\//.test(host) ? host : `http://${host}:${port ?? '9890'}`;
}
