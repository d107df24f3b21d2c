/** OpenAPI 3.1 from the contract. */
import * as z from 'zod/mini';
import { commonErrors, type ErrorCode, errorCodes } from '../../shared/contract/errorCodes.ts';
import { operations } from '../../shared/contract/index.ts';
import { type Operation, route } from '../../shared/contract/operation.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** A schema with its named parts moved to `#/components/schemas`. */
function convert(schema: z.ZodMiniType, io: 'input' | 'output', named: Map<string, JsonSchema>): JsonSchema {
  const {
    $schema: _,
    $defs,
    ...rest
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as JsonSchema;
  const point = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? {}).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, part] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
    const { id: _id, ...definition } = point(part) as JsonSchema;
    const known = named.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`schema ${name} differs between input and output; give each a name of its own`);
    }
    named.set(name, definition);
  }
  return point(rest) as JsonSchema;
}

/** The errors of an operation by HTTP status, its own and the common ones. */
function errorResponses(operation: Operation): Record<string, unknown> {
  const codes = [...new Set<ErrorCode>([...operation.errors, ...commonErrors])];
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, group]) => [
        String(status),
        {
          description: group.map((code) => `\`${code}\``).join(', '),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      ]),
  );
}

/** The whole description. Schemas are inlined but for those with a name. */
export function openApi(): JsonSchema {
  const named = new Map<string, JsonSchema>();
  const paths: Record<string, unknown> = {};
  for (const operation of operations) {
    const { method, path } = route(operation);
    const input = convert(operation.input, 'input', named);
    const output = convert(operation.output, 'output', named);
    const properties = (input['properties'] ?? {}) as Record<string, JsonSchema>;
    const required = new Set((input['required'] ?? []) as string[]);
    paths[path] = {
      [method.toLowerCase()]: {
        operationId: operation.name,
        tags: [operation.group],
        summary: operation.text.slice(0, operation.text.indexOf('.') + 1),
        description: operation.text,
        'x-callers': operation.callers,
        ...(operation.callers.includes('anyone') ? { security: [] } : {}),
        ...(method === 'GET'
          ? {
              parameters: Object.entries(properties).map(([name, schema]) => ({
                name,
                in: 'query',
                required: required.has(name),
                schema,
              })),
            }
          : { requestBody: { required: true, content: { 'application/json': { schema: input } } } }),
        responses: {
          [operation.status]: { description: 'Done.', content: { 'application/json': { schema: output } } },
          ...errorResponses(operation),
        },
      },
    };
  }
  const error: JsonSchema = {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'number', 'message', 'details', 'retryable', 'requestId'],
        properties: {
          code: { enum: Object.keys(errorCodes) },
          number: { type: 'integer', description: 'MUSTERERR code.' },
          message: { type: 'string' },
          details: {
            type: 'object',
            additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
          },
          retryable: { type: 'boolean' },
          requestId: { type: 'string' },
        },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version: '0.1.0',
      description:
        'A serverless render-farm dispatcher. Operations carry the names of the Muster 9.0 dispatcher API.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { ...Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))), Error: error },
    },
  };
}
