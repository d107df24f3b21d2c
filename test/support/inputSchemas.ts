/** What an operation's schema says of its fields, and values that break it; read from the contract. */
import * as z from 'zod/mini';
import type { Operation } from '../../shared/contract/operation.ts';

export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** A field of an input: where it stands in it, and what may stand there. */
export interface Field {
  readonly path: readonly string[];
  /** Schemas of which one must fit. */
  readonly options: readonly Schema[];
  readonly isRequired: boolean;
}

/** A number that JSON can carry and JavaScript reads as infinite. */
export const INFINITE = '@1e999@';

/** Every field of an input at any depth; the name of an entry in an open map is `A`, in a list `0`. */
export function fieldsOf(operation: Operation): Field[] {
  // What is read from a query is text at first, and its bounds are those of what becomes of it.
  const io = operation.kind === 'read' ? 'output' : 'input';
  const root = z.toJSONSchema(operation.input, { io, unrepresentable: 'any' }) as Schema;
  const { required = [] } = z.toJSONSchema(operation.input, {
    io: 'input',
    unrepresentable: 'any',
  }) as Schema;
  const optionsOf = (schema: Schema): Schema[] => {
    if (schema.$ref !== undefined) {
      const target = root.$defs?.[schema.$ref.split('/').at(-1) ?? ''];
      if (target === undefined) throw new Error(`${schema.$ref} is not there`);
      return optionsOf(target);
    }
    if (typeof schema.type === 'object') return schema.type.map((type) => ({ ...schema, type }));
    return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(optionsOf);
  };
  const walk = (schema: Schema, path: readonly string[], isRequired: boolean): Field[] => {
    const options = optionsOf(schema);
    const inside = options.flatMap((option) => [
      ...Object.entries(option.properties ?? {}).flatMap(([name, member]) =>
        walk(
          member,
          [...path, name],
          (path.length === 0 ? required : (option.required ?? [])).includes(name),
        ),
      ),
      ...(option.additionalProperties ? walk(option.additionalProperties, [...path, 'A'], false) : []),
      ...(option.items ? walk(option.items, [...path, '0'], false) : []),
    ]);
    return [{ path, options, isRequired }, ...inside];
  };
  return walk(root, [], true);
}

const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number' && Number.isInteger(value)
        ? 'integer'
        : typeof value;

const typesOf = (schema: Schema): string[] => {
  if (schema.enum !== undefined) return schema.enum.map(typeOf);
  if ('const' in schema) return [typeOf(schema.const)];
  return schema.type === 'number' ? ['number', 'integer'] : [String(schema.type)];
};

/** Values that break what the field asks for: its type, its bounds, its form. */
export function wrongValues({ options }: Field): unknown[] {
  const types = new Set(options.flatMap(typesOf));
  const samples: unknown[] = [true, 1.5, 7, 'no such value', [], ['x'], {}, { x: 1 }, null];
  const ofWrongType = samples.filter((value) => !types.has(typeOf(value)));
  return [...ofWrongType, ...options.flatMap((option) => outOfBounds(option, options))];
}

function outOfBounds(schema: Schema, options: readonly Schema[]): unknown[] {
  if (schema.enum !== undefined) return ['no such value', ''];
  const values: unknown[] = [];
  if (schema.type === 'integer' || schema.type === 'number') {
    values.push(INFINITE, 1e200, -1e200);
    if (schema.type === 'number') values.push(1e-200);
    if (schema.minimum !== undefined) values.push(schema.minimum - 1);
    if (schema.exclusiveMinimum !== undefined) values.push(schema.exclusiveMinimum);
    if (schema.maximum !== undefined) values.push(schema.maximum + 1);
  }
  if (schema.type === 'string') {
    values.push('\ud800', 'a\udfffb');
    if (schema.format !== undefined) values.push('no such value', '');
    if (schema.minLength !== undefined) values.push('');
    if (schema.maxLength !== undefined) values.push('x'.repeat(schema.maxLength + 1));
    if (schema.pattern !== undefined) {
      const pattern = new RegExp(schema.pattern, 'u');
      values.push(...['a\u0007b', '\u0000', '\u0085', 'a\nb', ' '].filter((text) => !pattern.test(text)));
    }
  }
  // What another option takes is not wrong.
  return values.filter((value) => !options.some((option) => 'const' in option && option.const === value));
}
