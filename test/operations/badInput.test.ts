/** Bad input gets an error that names the field, and changes nothing: over the schema of every operation. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { commonErrors, type ErrorCode, errorCodes } from '../../shared/contract/errorCodes.ts';
import { operations } from '../../shared/contract/index.ts';
import { type Operation, route } from '../../shared/contract/operation.ts';
import { changedItems, farmState } from '../support/farmState.ts';
import { inputSamples } from '../support/inputSamples.ts';
import { type Field, fieldsOf, INFINITE, wrongValues } from '../support/inputSchemas.ts';
import { sharedFarm } from '../support/sharedFarm.ts';
import { JOIN_TOKEN } from '../support/startFarm.ts';
import { waitsForFeed, whileMarkersAreMet } from '../support/whileDraining.ts';

type Json = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly error: {
    readonly code: ErrorCode;
    readonly number: number;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly retryable: boolean;
    readonly requestId: string;
  };
}

const farm = await sharedFarm();
await farm.admin.jobSubmit({
  job: { name: 'a job', templateId: 43, attributes: { command: { value: 'x' } } },
});
const node = await farm.addNode('alpha');
const tokens = { user: 'token-of-an-admin', node: 'token-of-a-node', join: JOIN_TOKEN };
await farm.context.tokens.add(tokens.user, { kind: 'user', name: 'admin' }, { expiresAt: null });
await farm.context.tokens.add(tokens.node, { kind: 'node', nodeId: node.id }, { expiresAt: null });

const sampleOf = ({ name }: Operation): Json =>
  // By way of text, so that parts which are the same in the sample are not the same here.
  JSON.parse(JSON.stringify(inputSamples[name as keyof typeof inputSamples]));

async function send(operation: Operation, init: RequestInit & { readonly query?: string }): Promise<Answer> {
  const { method, path } = route(operation);
  const [caller] = operation.callers;
  const { query = '', ...rest } = init;
  const response = await fetch(`${farm.url}${path}${query}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(caller === undefined || caller === 'anyone' ? {} : { authorization: `Bearer ${tokens[caller]}` }),
    },
    signal: AbortSignal.timeout(10_000),
    ...rest,
  });
  const body = (await response.json()) as { error: Answer['error'] };
  return { status: response.status, error: body.error };
}

/** Sends an input as the operation takes it: in the query or as the body. */
function sendInput(operation: Operation, input: unknown): Promise<Answer> {
  if (operation.kind === 'write')
    return send(operation, { body: JSON.stringify(input).replaceAll(`"${INFINITE}"`, '1e999') });
  const pairs = Object.entries(input as Json).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return send(operation, { query: `?${new URLSearchParams(pairs)}` });
}

/** An error is whole: it tells the same by code, status, number and text, and nothing of our inside. */
function assertError({ status, error }: Answer): void {
  const { requestId, message, details, ...rest } = error;
  const { status: expected, number, retryable } = errorCodes[error.code];
  assert.deepEqual({ status, ...rest }, { status: expected, code: error.code, number, retryable });
  assert.match(requestId, /^[\w-]{36}$/);
  assert.doesNotMatch(message, /undefined|node_modules/);
  assert.equal(typeof details, 'object');
}

function assertInvalid(answer: Answer, field: string, context: unknown): void {
  const { error } = answer;
  assert.deepEqual(
    { status: answer.status, code: error?.code, field: error?.details['field'], context },
    { status: 422, code: 'invalid-input', field, context },
  );
  assert.match(String(error.details['rule']), /\w/);
  assertError(answer);
}

function withValue(input: Json, path: readonly string[], value: unknown): Json {
  const copy = structuredClone(input);
  let place = copy;
  for (const name of path.slice(0, -1)) {
    place[name] ??= {};
    place = place[name] as Json;
  }
  const last = path.at(-1) ?? '';
  if (value === undefined) delete place[last];
  else Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const isObject = ({ options }: Field): boolean =>
  options.some(({ type, additionalProperties }) => type === 'object' && additionalProperties === false);
const listOf = ({ options }: Field) => options.find(({ type }) => type === 'array');

/** Values that are wrong in a query, where everything is text. */
function wrongTexts({ options }: Field): string[] {
  const isNumber = options.some(({ type }) => type === 'integer' || type === 'number');
  const wrong = wrongValues({ path: [], options, isRequired: false });
  return isNumber
    ? [
        'x',
        '1.5',
        '1e999',
        'NaN',
        '1,2',
        '{}',
        '',
        ...wrong.filter((value) => typeof value === 'number').map(String),
      ]
    : // What has no place in a URL is replaced on the way.
      wrong.filter((value): value is string => typeof value === 'string' && value.isWellFormed());
}

/** Runs `work`; the farm must be the same afterwards and must not have failed by its own fault. */
async function unchanged(work: () => Promise<void>): Promise<void> {
  const before = farmState(farm);
  await work();
  assert.deepEqual(changedItems(before, farmState(farm)), []);
  assert.deepEqual(
    farm.logged.filter(({ event }) => event === 'request-failed'),
    [],
  );
}

describe('samples', () => {
  it('give every field of every operation, so that all of it is tried', () => {
    for (const operation of operations) {
      const missing = fieldsOf(operation).filter(({ path }) => {
        let place: unknown = sampleOf(operation);
        for (const name of path) place = (place as Json | undefined)?.[name];
        return place === undefined && path.at(-1) !== 'pageToken';
      });

      assert.deepEqual(
        missing.map(({ path }) => [operation.name, path.join('.')]),
        [],
      );
    }
  });
});

for (const operation of operations) {
  const fields = fieldsOf(operation).filter(({ path }) => path.length > 0);
  const sample = sampleOf(operation);

  describe(`${operation.name} refuses by field and rule`, () => {
    it('what is no field of it, at any depth', () =>
      unchanged(async () => {
        const objects = [{ path: [] as readonly string[] }, ...fields.filter(isObject)];
        for (const { path } of operation.kind === 'read' ? objects.slice(0, 1) : objects)
          for (const name of ['unknown', '', 'constructor', 'toString', '__proto__', '$ref', 'a.b']) {
            const full = [...path, name];
            const answer = await sendInput(operation, withValue(sample, full, 'x'));

            assertInvalid(answer, full.join('.') || 'input', full);
          }
      }));

    if (fields.length > 0) {
      it('values of a wrong type, out of range, too long or in a wrong form', () =>
        unchanged(async () => {
          for (const field of fields)
            for (const value of operation.kind === 'read' ? wrongTexts(field) : wrongValues(field)) {
              const answer = await sendInput(operation, withValue(sample, field.path, value));

              assertInvalid(answer, field.path.join('.'), [field.path, String(value).slice(0, 40)]);
            }
        }));
    }

    if (fields.some(({ isRequired }) => isRequired)) {
      it('a missing field', () =>
        unchanged(async () => {
          for (const { path } of fields.filter(({ isRequired }) => isRequired)) {
            const answer = await sendInput(operation, withValue(sample, path, undefined));

            assertInvalid(answer, path.join('.'), path);
          }
        }));
    }

    if (fields.some(listOf)) {
      it('lists that are too long', () =>
        unchanged(async () => {
          for (const field of fields) {
            const most = listOf(field)?.maxItems;
            if (most === undefined) continue;
            const tooMany = Array.from({ length: most + 1 }, (_, position) =>
              field.path.at(-1)?.endsWith('Pools') || field.path.at(-1) === 'pools'
                ? `p${position}`
                : position + 1,
            );
            const answer = await sendInput(operation, withValue(sample, field.path, tooMany));

            assertInvalid(answer, field.path.join('.'), field.path);
          }
        }));
    }

    if (operation.kind === 'read' && fields.length > 0) {
      it('what is given twice', () =>
        unchanged(async () => {
          for (const { path } of fields) {
            const [name = ''] = path;
            const pairs = Object.entries({ [name]: 1, ...sample }).map(([key, value]) => `${key}=${value}`);
            const answer = await send(operation, { query: `?${[...pairs, `${name}=1`].join('&')}` });

            assertInvalid(answer, name, name);
          }
        }));
    }
  });
}

describe('a job', () => {
  const submit = operations.find(({ name }) => name === 'jobSubmit') as Operation;
  const sample = sampleOf(submit);
  const names: readonly [string, string][] = [
    ['environment', 'A-B'],
    ['environment', '1A'],
    ['environment', ''],
    ['environment', '__proto__'],
    ['environment', 'x'.repeat(129)],
    ['attributes', ''],
    ['attributes', '__proto__'],
    ['attributes', 'x'.repeat(129)],
    ['attributes', 'a\ud800'],
  ];
  for (const [map, name] of names) {
    it(`has no ${map} with the name ${JSON.stringify(name).slice(0, 24)}`, () =>
      unchanged(async () => {
        const value = map === 'environment' ? 'x' : { value: 1 };
        const answer = await sendInput(submit, withValue(sample, ['job', map, name], value));

        assertInvalid(answer, `job.${map}.${name.toWellFormed()}`, name);
      }));
  }

  it('may have attributes that are named like members of every object', async () => {
    const attributes = {
      command: { value: 'x', state: true, subst: false },
      constructor: { value: 1, state: true, subst: false },
      toString: { value: 'a\u0000\u0007\n', state: false, subst: true },
      'a.b c\u0000\u{1f600}': { value: -0.5, state: true, subst: false },
    };

    const { id } = await farm.admin.jobSubmit({ job: { name: 'a job', templateId: 43, attributes } });

    assert.deepEqual((await farm.admin.jobGet({ id })).job.attributes, attributes);
  });
});

describe('a request', () => {
  const writes = operations.filter(({ kind }) => kind === 'write');
  const bodies: readonly [string, RequestInit, string][] = [
    ['is not JSON', { body: 'id=1' }, 'the body is not JSON'],
    ['breaks off', { body: '{"id": 1' }, 'the body is not JSON'],
    ['has more behind it', { body: '{} {}' }, 'the body is not JSON'],
    ['begins with a byte order mark', { body: '\ufeff{}' }, 'the body is not JSON'],
    ['holds NaN', { body: '{"id": NaN}' }, 'the body is not JSON'],
    ['is not UTF-8', { body: new Uint8Array([0x22, 0xff, 0x22]) }, 'its body is not UTF-8'],
    [
      'is a form',
      { body: 'id=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'the body is not JSON',
    ],
    [
      'is XML',
      { body: '<id>1</id>', headers: { 'content-type': 'application/xml' } },
      'the body is not JSON',
    ],
  ];
  for (const [what, init, reason] of bodies) {
    it(`whose body ${what} cannot be read`, () =>
      unchanged(async () => {
        for (const operation of writes) {
          const [caller] = operation.callers;
          const authorization = caller === undefined || caller === 'anyone' ? '' : `Bearer ${tokens[caller]}`;
          const headers = { ...init.headers, authorization };
          const answer = await send(operation, { ...init, headers });

          assertError(answer);
          assert.deepEqual([answer.error.code, answer.error.details], ['malformed-request', { reason }]);
        }
      }));
  }

  for (const text of [
    '[]',
    '[{}]',
    'null',
    '1',
    '"x"',
    'true',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  ]) {
    it(`whose body is ${text.slice(0, 8)} is no input`, () =>
      unchanged(async () => {
        for (const operation of writes)
          assertInvalid(await send(operation, { body: text }), 'input', text[0]);
      }));
  }

  it('nested a hundred thousand times is refused like any other', () =>
    unchanged(async () => {
      const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
      for (const operation of writes) {
        assertInvalid(
          await send(operation, { body: `{"unknown":${deep}}` }),
          firstMissing(operation),
          'deep',
        );
      }
    }));

  it('without a body is an empty input', () =>
    unchanged(async () => {
      for (const operation of writes) {
        if (firstMissing(operation) === 'unknown') continue;
        assertInvalid(await send(operation, {}), firstMissing(operation), operation.name);
      }
    }));

  it('that is too large is refused before it is looked at', () =>
    unchanged(async () => {
      for (const operation of writes) {
        // Of all operations one takes long texts.
        const maximum = operation.name === 'dbImportQueueSQL' ? 4_194_304 : 1_048_576;
        const answer = await send(operation, { body: JSON.stringify({ unknown: 'x'.repeat(maximum) }) });

        assertError(answer);
        assert.deepEqual(
          [answer.error.code, answer.error.details],
          ['too-large', { what: 'The body', size: maximum + 14, maximum }],
        );
      }
    }));

  it('that is far too large is refused before it has arrived', () =>
    unchanged(async () => {
      const [operation] = writes;
      if (operation === undefined) throw new Error('there is no write');
      const answer = await send(operation, { body: 'x'.repeat(11 * 1_048_576) });

      assertError(answer);
      assert.equal(answer.error.code, 'too-large');
    }));

  it('with another method is no operation', () =>
    unchanged(async () => {
      for (const operation of operations) {
        const { method, path } = route(operation);
        for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((one) => one !== method)) {
          const answer = await send(operation, { method: other });

          assertError(answer);
          assert.deepEqual(
            [answer.error.code, answer.error.details],
            ['no-such-operation', { method: other, path }],
          );
        }
      }
    }));

  for (const path of [
    '/v1/jobs/noSuch',
    '/v1/jobs/jobGet/',
    '/v1/jobs/jobget',
    '/v1/jobs',
    '/v1/noSuch/jobGet',
    '/v1/constructor/jobGet',
    '/v1/__proto__/jobGet',
    '/v1/jobs/jobGet%2e',
    '/v1//jobGet',
    '/v2/jobs/jobGet',
    '/',
  ]) {
    it(`for ${path} is no operation`, () =>
      unchanged(async () => {
        const response = await fetch(`${farm.url}${path}?id=1`);
        const answer = { status: response.status, ...((await response.json()) as object) } as Answer;

        assertError(answer);
        assert.deepEqual(answer.error.details, { method: 'GET', path });
      }));
  }
});

/** The first field that an input lacks which has nothing but one that is unknown. */
function firstMissing(operation: Operation): string {
  const [first] = fieldsOf(operation).filter(({ path, isRequired }) => path.length === 1 && isRequired);
  return first?.path[0] ?? 'unknown';
}

/** Random damage to a sample: the value at some place replaced, removed or joined by another. */
const damage = (sample: Json): fc.Arbitrary<unknown> => {
  const places = placesIn(sample, []);
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>(INFINITE, -1, 0, 1, 1e300, 1e-300, '', '\u0000', '\ud800', null),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  );
  const name = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', '', 'id', 'job', 'pk', 'sk'),
    fc.string(),
  );
  const change = fc.record({
    at: fc.constantFrom(...places),
    value,
    name,
    how: fc.constantFrom('set', 'remove', 'add'),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let input = sample;
    for (const { at, value: given, name: added, how } of changes) {
      try {
        if (how === 'add') input = withValue(input, [...at, added], given);
        else if (at.length > 0) input = withValue(input, at, how === 'set' ? given : undefined);
      } catch (error) {
        // An earlier change has put something there that has no members.
        if (!(error instanceof TypeError)) throw error;
      }
    }
    return input;
  });
};

function placesIn(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...path, name]))];
}

describe('random damage', () => {
  for (const operation of operations) {
    const declared: readonly string[] = [...commonErrors, ...operation.errors];

    it(`to the input of ${operation.name} is answered with success or a declared error`, async () => {
      await fc.assert(
        fc.asyncProperty(damage(sampleOf(operation)), async (input) => {
          const before = farmState(farm);

          const sent = sendInput(operation, input);
          const answer = await (waitsForFeed(operation.name) ? whileMarkersAreMet(farm, sent) : sent);

          if (answer.status < 300) return;
          assertError(answer);
          assert.ok(answer.status < 500, `${answer.status}`);
          assert.ok(declared.includes(answer.error.code), answer.error.code);
          assert.deepEqual(changedItems(before, farmState(farm)), []);
        }),
        {
          numRuns:
            operation.name === 'login' || waitsForFeed(operation.name)
              ? 10
              : operation.kind === 'read'
                ? 25
                : 60,
        },
      );
    });
  }

  it('to a body is answered like any other', async () => {
    const submit = operations.find(({ name }) => name === 'jobSubmit') as Operation;
    const text = JSON.stringify(sampleOf(submit));
    const cuts = fc.record({
      from: fc.nat(text.length),
      length: fc.nat(20),
      insert: fc.string({ unit: 'grapheme', maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(cuts, async ({ from, length, insert }) => {
        const body = text.slice(0, from) + insert + text.slice(from + length);

        const answer = await send(submit, { body });

        if (answer.status < 300) return;
        assertError(answer);
        assert.ok(answer.status < 500);
      }),
      { numRuns: 200 },
    );
  });
});
