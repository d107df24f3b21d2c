/** Files that are named on the command line; `-` is standard input. */
import { readFileSync } from 'node:fs';
import { readInput } from '../ask.ts';
import { usageError } from '../failure.ts';

export async function readText(file: string): Promise<string> {
  try {
    return file === '-' ? await readInput() : readFileSync(file, 'utf8');
  } catch (cause) {
    throw usageError(`${nameOf(file)} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

/** The JSON object in a file; `what` says what it should hold. */
export async function readObject(file: string, what: string): Promise<object> {
  const text = await readText(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw usageError(`${nameOf(file)} is not JSON: ${reasonOf(cause)}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw usageError(`${nameOf(file)} must hold ${what}, a JSON object`);
  }
  return value;
}

const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

const reasonOf = (cause: unknown): string =>
  (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
