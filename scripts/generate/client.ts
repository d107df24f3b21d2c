/** The typed part of the TypeScript client, from the OpenAPI description. */
import type { JsonSchema } from './openapi.ts';

/** Prints the type of a schema; covers what the contract's schemas use and throws for the rest. */
export function typeOf(schema: JsonSchema): string {
  const {
    $ref,
    const: constant,
    enum: values,
    anyOf,
    oneOf,
    type,
  } = schema as {
    $ref?: string;
    const?: unknown;
    enum?: unknown[];
    anyOf?: JsonSchema[];
    oneOf?: JsonSchema[];
    type?: string | string[];
  };
  if ($ref !== undefined) return $ref.slice('#/components/schemas/'.length);
  if (constant !== undefined) return JSON.stringify(constant);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  const union = anyOf ?? oneOf;
  if (union !== undefined) return [...new Set(union.map(typeOf))].join(' | ');
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one })).join(' | ');
  switch (type) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `readonly (${typeOf(schema['items'] as JsonSchema)})[]`;
    case 'object':
      return objectType(schema);
    default:
      if (Object.keys(schema).every((key) => key === 'description' || key === 'default')) return 'unknown';
      throw new Error(`no type for schema ${JSON.stringify(schema)}`);
  }
}

function objectType(schema: JsonSchema): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const required = new Set((schema['required'] ?? []) as string[]);
  const additional = schema['additionalProperties'];
  if (properties.length === 0) {
    return typeof additional === 'object' && additional !== null
      ? `{ readonly [name: string]: ${typeOf(additional as JsonSchema)} }`
      : '{ readonly [name: string]: never }';
  }
  const lines = properties.map(([name, property]) => {
    const optional = required.has(name) ? '' : '?';
    const undefinedToo = required.has(name) ? '' : ' | undefined';
    const text = property['description'];
    const comment = typeof text === 'string' ? `/** ${text.replaceAll('*/', '* /')} */\n` : '';
    return `${comment}readonly ${name}${optional}: ${typeOf(property)}${undefinedToo};`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

interface PathItem {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly { name: string; required: boolean; schema: JsonSchema }[];
  readonly requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
  readonly responses: Record<string, { content: { 'application/json': { schema: JsonSchema } } }>;
}

/** The text of `client/src/generated.ts`, not yet formatted. */
export function clientSource(description: JsonSchema): string {
  const { schemas } = description['components'] as { schemas: Record<string, JsonSchema> };
  const paths = Object.entries(description['paths'] as Record<string, Record<string, PathItem>>);
  const types = Object.entries(schemas)
    .filter(([name]) => name !== 'Error')
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`);
  const errorCode = typeOf(
    (schemas['Error'] as { properties: { error: { properties: { code: JsonSchema } } } }).properties.error
      .properties.code,
  );
  const members: string[] = [];
  const routes: string[] = [];
  for (const [path, methods] of paths) {
    for (const [method, item] of Object.entries(methods)) {
      const input =
        item.requestBody?.content['application/json'].schema ??
        ({
          type: 'object',
          properties: Object.fromEntries((item.parameters ?? []).map(({ name, schema }) => [name, schema])),
          required: (item.parameters ?? []).filter(({ required }) => required).map(({ name }) => name),
        } as JsonSchema);
      const output = Object.entries(item.responses).find(([status]) => status.startsWith('2'))?.[1];
      if (output === undefined) throw new Error(`${item.operationId} has no success answer`);
      const takesToken = 'requestToken' in ((input['properties'] ?? {}) as object);
      members.push(
        `/** ${item.description} */\n${item.operationId}: {\nreadonly input: ${typeOf(input)};\nreadonly output: ${typeOf(output.content['application/json'].schema)};\n};`,
      );
      routes.push(
        `${item.operationId}: { method: '${method.toUpperCase()}', path: '${path}', takesRequestToken: ${takesToken} },`,
      );
    }
  }
  return [
    '// Generated from the contract by `npm run generate`; do not edit.',
    ...types,
    `export type ErrorCode = ${errorCode};`,
    `export interface Operations {\n${members.join('\n')}\n}`,
    `export const routes: { readonly [N in keyof Operations]: { readonly method: 'GET' | 'POST'; readonly path: string; readonly takesRequestToken: boolean } } = {\n${routes.join('\n')}\n};`,
    '',
  ].join('\n\n');
}
