/** What the command line knows of the contract, from the OpenAPI description, and of the project's templates. */
import { templates } from '../../templates/index.ts';
import type { JsonSchema } from './openapi.ts';

interface Described {
  readonly operationId: string;
  readonly description: string;
  readonly 'x-callers': readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: JsonSchema } };
  };
}

type FieldType = 'text' | 'number' | 'boolean' | 'json';

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
  readonly text: string;
  readonly choices?: readonly string[];
}

/** Those that a person may call, in the order of the contract. */
function userOperations(description: JsonSchema): Described[] {
  const paths = Object.values(description['paths'] as Record<string, Record<string, Described>>);
  return paths
    .flatMap((methods) => Object.values(methods))
    .filter((operation) => operation['x-callers'].some((caller) => caller === 'user' || caller === 'anyone'));
}

/** The text of `cli/src/generated.ts`, not yet formatted. */
export function cliOperationsSource(description: JsonSchema): string {
  const entries = userOperations(description).map((operation) => {
    const { operationId, description: text } = operation;
    const record = {
      text,
      needsLogin: !operation['x-callers'].includes('anyone'),
      fields: fieldsOf(operation),
    };
    return `${operationId}: ${JSON.stringify(record)},`;
  });
  return [
    '// Generated from the contract by `npm run generate`; do not edit.',
    `/** A field of the input of an operation. */
export interface Field {
  readonly name: string;
  /** Whether its text is taken as it is, as a number, as true or false, or as JSON. */
  readonly type: 'text' | 'number' | 'boolean' | 'json';
  readonly isRequired: boolean;
  readonly text: string;
  readonly choices?: readonly string[];
}`,
    `/** An operation as its help tells it. */
export interface OperationHelp {
  readonly text: string;
  readonly needsLogin: boolean;
  readonly fields: readonly Field[];
}`,
    `export const operations = {\n${entries.join('\n')}\n} as const satisfies Record<string, OperationHelp>;`,
    `/** Templates that come with the project, by name. */
export const templateIds: Readonly<Record<string, number>> = ${JSON.stringify(templateIds())};`,
    '',
  ].join('\n\n');
}

const templateIds = (): Record<string, number> =>
  Object.fromEntries(templates.map(({ id, name }) => [name, id]));

function fieldsOf({ parameters, requestBody }: Described): Field[] {
  const body = requestBody?.content['application/json'].schema;
  const required = new Set((body?.['required'] ?? []) as string[]);
  const fields =
    body === undefined
      ? (parameters ?? [])
      : Object.entries((body['properties'] ?? {}) as Record<string, JsonSchema>).map(([name, schema]) => ({
          name,
          required: required.has(name),
          schema,
        }));
  return fields.map(({ name, required: isRequired, schema }) => {
    const choices = schema['enum'] as readonly string[] | undefined;
    const fallback = schema['default'];
    const described = typeof schema['description'] === 'string' ? schema['description'] : '';
    return {
      name,
      type: fieldType(schema),
      isRequired,
      text: fallback === undefined ? described : `${described} Otherwise ${JSON.stringify(fallback)}.`.trim(),
      ...(choices === undefined ? {} : { choices }),
    };
  });
}

/** A field that may be of several types is given as the first: what else it may be comes by `--input`. */
function fieldType(schema: JsonSchema): FieldType {
  const [variant] = (schema['anyOf'] ?? schema['oneOf'] ?? []) as JsonSchema[];
  if (variant !== undefined) return fieldType(variant);
  switch (schema['type']) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      if (typeof schema['const'] === 'number') return 'number';
      return typeof (schema['enum'] as unknown[] | undefined)?.[0] === 'string' ? 'text' : 'json';
  }
}
