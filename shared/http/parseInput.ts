/** Query or body into the operation's input; what does not fit is refused by field and rule. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { DispatcherError, invalidInput } from '../errors.ts';
import { inEnglish } from '../model/inEnglish.ts';
import type { Exchange, Middleware } from './exchange.ts';

/** The largest body: far above the largest job, far below what would hurt. */
const MAXIMUM_BYTES = 1_048_576;

export function parseInput(): Middleware {
  return {
    before({ event, internal }) {
      const { operation } = internal as Exchange;
      const raw = operation.kind === 'read' ? readQuery(event) : readBody(event);
      const parsed = operation.input.safeParse(raw, inEnglish);
      if (!parsed.success) throw invalidInput(...firstRule(parsed.error.issues, raw));
      assertKeepable(raw, []);
      internal.input = parsed.data;
      internal.given = raw as Record<string, unknown>;
    },
  };
}

/** API Gateway joins what was given twice with commas; no input means a list by that. */
function readQuery(event: APIGatewayProxyEventV2): unknown {
  const names = [...new URLSearchParams(event.rawQueryString).keys()];
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) throw invalidInput(repeated, 'must be given once');
  return event.queryStringParameters ?? {};
}

function readBody(event: APIGatewayProxyEventV2): unknown {
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  const size = Buffer.byteLength(text);
  if (size > MAXIMUM_BYTES)
    throw new DispatcherError('too-large', { what: 'The body', size, maximum: MAXIMUM_BYTES });
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DispatcherError('malformed-request', { reason: 'the body is not JSON' }, { cause });
  }
}

/** What the store keeps of numbers besides 0: magnitudes from the first up to the second. */
const NUMBERS = [1e-130, 1e126] as const;

/**
 * Refuses what JSON can carry and no store keeps as it is, in whatever field: half a surrogate pair, a number out
 * of the store's range, and the one name that objects treat in their own way. The schema bounds the depth.
 */
function assertKeepable(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw invalidInput(path.join('.'), 'must be well-formed Unicode text');
  }
  if (typeof value === 'number' && value !== 0) {
    const [least, most] = NUMBERS;
    if (Math.abs(value) < least || Math.abs(value) >= most)
      throw invalidInput(path.join('.'), `must be 0 or of a magnitude from ${least} to ${most}`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') throw invalidInput([...path, name].join('.'), 'is not a name that can be used');
    assertKeepable(name, [...path, name.toWellFormed()]);
    assertKeepable(member, [...path, name]);
  }
}

/** Field and rule of the first thing that is wrong. */
function firstRule(issues: readonly z.core.$ZodIssue[], raw: unknown): [string, string] {
  const { path, rule } = firstIssue(issues, []);
  const given = path.reduce<unknown>((value, name) => (value as Record<PropertyKey, unknown>)?.[name], raw);
  return [path.map(String).join('.'), given === undefined && path.length > 0 ? 'is required' : rule];
}

/** In a union, the issue of the branch that came furthest; of all of them if they came as far. */
function firstIssue(
  issues: readonly z.core.$ZodIssue[],
  before: readonly PropertyKey[],
): { readonly path: readonly PropertyKey[]; readonly rule: string } {
  const [issue] = issues;
  if (issue === undefined) return { path: before, rule: 'is not valid' };
  const path = [...before, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return { path: [...path, issue.keys[0] ?? ''], rule: 'is not a field of this input' };
    case 'invalid_key':
      // The rule that the name of an entry breaks.
      return firstIssue(issue.issues, path);
    case 'invalid_union': {
      const depth = Math.max(...issue.errors.map((branch) => branch[0]?.path.length ?? 0));
      const furthest = issue.errors.filter((branch) => (branch[0]?.path.length ?? 0) === depth);
      const found = furthest.map((branch) => firstIssue(branch, path));
      return { path: found[0]?.path ?? path, rule: found.map(({ rule }) => rule).join(', or ') };
    }
    default:
      return { path, rule: lowerFirst(issue.message) };
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
