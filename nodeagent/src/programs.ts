/** The programs that come with the agent: a work order names them `rollcall:NAME`. */
import { fileURLToPath } from 'node:url';

const prefix = 'rollcall:';

const programs: Readonly<Record<string, string>> = {
  tracer: '../../templates/tracer/render.ts',
};

/** Of the built agent, which is one file and runs the program that its first word names instead of a node. */
const isBuilt = !import.meta.url.endsWith('.ts');

export interface ResolvedProgram {
  readonly program: string;
  /** Come before the work order's own arguments. */
  readonly arguments: readonly string[];
}

/** The program to start; undefined for one that this agent does not have. Any other name stays as it is. */
export function findProgram(name: string, python: string): ResolvedProgram | undefined {
  // Not one of ours, but each node says which one it is.
  if (name === `${prefix}python`) return { program: python, arguments: [] };
  if (!name.startsWith(prefix)) return { program: name, arguments: [] };
  const known = name.slice(prefix.length);
  const file = Object.hasOwn(programs, known) ? programs[known] : undefined;
  if (file === undefined) return undefined;
  const words = isBuilt
    ? [fileURLToPath(import.meta.url), name]
    : [fileURLToPath(new URL(file, import.meta.url))];
  // By the very Node that runs the agent: what PATH names may be too old, or none.
  return { program: process.execPath, arguments: words };
}
