/** `openapi.json` is a description in the form of OpenAPI 3.1, and it describes every operation. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commonErrors, errorCodes } from '../../../shared/contract/errorCodes.ts';
import { operations } from '../../../shared/contract/index.ts';
import { route } from '../../../shared/contract/operation.ts';

type Node = { readonly [name: string]: unknown };
interface Described {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Node }[];
  readonly requestBody?: { required?: boolean; content: Readonly<Record<string, { schema: Node }>> };
  readonly responses: Readonly<
    Record<string, { description: string; content?: Readonly<Record<string, { schema: Node }>> }>
  >;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
}

const description = JSON.parse(readFileSync(join(import.meta.dirname, '../../../openapi.json'), 'utf8')) as {
  readonly openapi: string;
  readonly info: Node;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Node>>; readonly securitySchemes: Node };
  readonly security: readonly Readonly<Record<string, unknown>>[];
};
const described = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

function* nodesIn(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const member of Object.values(value)) yield* nodesIn(member);
}

describe('openapi.json', () => {
  it('says which version it is of, and of what', () => {
    assert.match(description.openapi, /^3\.1\.\d+$/);
    assert.equal(typeof description.info['title'], 'string');
    assert.match(String(description.info['version']), /^\d+\.\d+\.\d+$/);
  });

  it('describes every operation under its method and path, and nothing else', () => {
    const expected = operations.map((operation) => {
      const { method, path } = route(operation);
      return `${method.toLowerCase()} ${path} ${operation.name}`;
    });

    assert.deepEqual(
      described.map(({ path, method, operation }) => `${method} ${path} ${operation.operationId}`).sort(),
      expected.sort(),
    );
  });

  it('gives each operation the parts that the form asks for', () => {
    for (const { method, operation } of described) {
      const { operationId, tags, summary, parameters = [], requestBody, responses } = operation;
      assert.equal(tags.length, 1, operationId);
      assert.match(summary, /\.$/, operationId);
      for (const parameter of parameters) {
        assert.equal(parameter.in, 'query', operationId);
        assert.equal(typeof parameter.schema, 'object', operationId);
      }
      assert.equal(new Set(parameters.map(({ name }) => name)).size, parameters.length, operationId);
      assert.equal(requestBody !== undefined, method === 'post', operationId);
      if (requestBody !== undefined)
        assert.equal(typeof requestBody.content['application/json']?.schema, 'object', operationId);
      for (const [status, response] of Object.entries(responses)) {
        assert.match(status, /^[1-5]\d\d$/, operationId);
        assert.equal(typeof response.description, 'string', operationId);
      }
    }
  });

  it('names exactly the statuses that each operation may answer with', () => {
    for (const { name, status, errors } of operations) {
      const { responses = {} } =
        described.find(({ operation }) => operation.operationId === name)?.operation ?? {};
      const expected = [status, ...[...commonErrors, ...errors].map((code) => errorCodes[code].status)];

      assert.deepEqual(Object.keys(responses).sort(), [...new Set(expected.map(String))].sort(), name);
    }
  });

  it('refers to nothing that is not there', () => {
    for (const { $ref } of nodesIn(description)) {
      if ($ref === undefined) continue;
      const target = String($ref)
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((node, name) => (node as Node | undefined)?.[name], description);
      assert.equal(typeof target, 'object', String($ref));
    }
  });

  it('asks for tokens by schemes that it describes', () => {
    const schemes = Object.keys(description.components.securitySchemes);
    const used = [description.security, ...described.map(({ operation }) => operation.security ?? [])].flat();

    for (const name of used.flatMap((one) => Object.keys(one))) assert.ok(schemes.includes(name), name);
  });

  it('lets everybody log in without a token', () => {
    const login = described.find(({ operation }) => operation.operationId === 'login');

    assert.deepEqual(login?.operation.security, []);
  });

  it('has names for schemas that the form allows', () => {
    for (const name of Object.keys(description.components.schemas)) assert.match(name, /^[\w.-]+$/);
  });
});
