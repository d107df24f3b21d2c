/** Query or body into the operation's input; what does not fit is refused by field and rule. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { DispatcherError, invalidInput } from '../errors.ts';
import { type BrokenRule, findUnkeepable, firstRule } from '../model/firstRule.ts';
import { inEnglish } from '../model/inEnglish.ts';
import type { Exchange, Middleware } from './exchange.ts';

export function parseInput(): Middleware {
  return {
    before({ event, internal }) {
      const { operation } = internal as Exchange;
      const raw = operation.kind === 'read' ? readQuery(event) : readBody(event, operation.maximumBytes);
      const parsed = operation.input.safeParse(raw, inEnglish);
      if (!parsed.success) throw refused(firstRule(parsed.error.issues, raw));
      const unkeepable = findUnkeepable(raw);
      if (unkeepable !== undefined) throw refused(unkeepable);
      internal.input = parsed.data;
      internal.given = raw as Record<string, unknown>;
    },
  };
}

const refused = ({ path, rule }: BrokenRule): DispatcherError =>
  invalidInput(path.map(String).join('.'), rule);

/** API Gateway joins what was given twice with commas; no input means a list by that. */
function readQuery(event: APIGatewayProxyEventV2): unknown {
  const names = [...new URLSearchParams(event.rawQueryString).keys()];
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) throw invalidInput(repeated, 'must be given once');
  return event.queryStringParameters ?? {};
}

function readBody(event: APIGatewayProxyEventV2, maximum: number): unknown {
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  const size = Buffer.byteLength(text);
  if (size > maximum) throw new DispatcherError('too-large', { what: 'The body', size, maximum });
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DispatcherError('malformed-request', { reason: 'the body is not JSON' }, { cause });
  }
}
