/** Query or body into the operation's input; what does not fit is refused by field and rule. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { z } from 'zod';
import { DispatcherError, invalidInput } from '../errors.ts';
import type { Exchange, Middleware } from './exchange.ts';

/** The largest body: far above the largest job, far below what would hurt. */
const MAXIMUM_BYTES = 1_048_576;

export function parseInput(): Middleware {
  return {
    before({ event, internal }) {
      const { operation } = internal as Exchange;
      const raw = operation.kind === 'read' ? (event.queryStringParameters ?? {}) : readBody(event);
      const parsed = operation.input.safeParse(raw);
      if (!parsed.success) throw invalidInput(...firstIssue(parsed.error.issues));
      internal.input = parsed.data;
    },
  };
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

/** Field and rule of the first thing that is wrong; in a union, of the branch that came furthest. */
function firstIssue(
  issues: readonly z.core.$ZodIssue[],
  path: readonly PropertyKey[] = [],
): [string, string] {
  const [issue] = issues;
  if (issue === undefined) return ['', 'is not valid'];
  const full = [...path, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return [[...full, issue.keys[0] ?? ''].map(String).join('.'), 'is not a field of this input'];
  }
  if (issue.code === 'invalid_union') {
    const deepest = [...issue.errors].sort((a, b) => (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0))[0];
    if (deepest !== undefined) return firstIssue(deepest, full);
  }
  return [full.map(String).join('.'), lowerFirst(issue.message)];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
