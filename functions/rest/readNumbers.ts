/** Numbers and ids as clients of the reference write them: as numbers or as text, one, several, or `[""]` for none. */
import { invalidInput } from '../../shared/errors.ts';

/** A number; undefined for what is absent or empty. Throws `invalid-input` for anything else. */
export function readNumber(field: string, value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw invalidInput(field, 'must be a number');
  return number;
}

/** Every number of a list, of a text with commas, or of one value. */
export function readNumbers(field: string, value: unknown): number[] {
  const values = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
  return values.flatMap((each) => readNumber(field, typeof each === 'string' ? each.trim() : each) ?? []);
}

/** The ids that an action is for. Throws `invalid-input` if there is none. */
export function readIds(parameters: Readonly<Record<string, unknown>>, names: readonly string[]): number[] {
  for (const name of names) {
    const ids = readNumbers(name, parameters[name]);
    if (ids.length > 0) return ids;
  }
  throw invalidInput(names[0] ?? 'id', 'is required: the id, or several with commas or as a list');
}

/** The name that a legacy number stands for in one of the model's tables. */
export function nameOfNumber<Name extends string>(
  field: string,
  table: Readonly<Record<Name, { readonly legacy: number }>>,
  value: unknown,
): Name | undefined {
  const number = readNumber(field, value);
  if (number === undefined) return undefined;
  const entries = Object.entries(table) as [Name, { readonly legacy: number }][];
  const found = entries.find(([, { legacy }]) => legacy === number);
  if (found !== undefined) return found[0];
  const known = entries.map(([name, { legacy }]) => `${legacy} (${name})`).join(', ');
  throw invalidInput(field, `must be one of ${known}`);
}
