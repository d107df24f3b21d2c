/** A request of the REST API: parameters of its query, and its body without the frame. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { DispatcherError, invalidInput } from '../../shared/errors.ts';

export interface RestRequest {
  readonly authToken: string | undefined;
  /** Query, and the members of `RequestData` beside them: clients use either. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Throws `unsupported-format` for XML, in which the reference would answer too, and `malformed-request` for no JSON. */
export function readRequest(event: APIGatewayProxyEventV2): RestRequest {
  const query = event.queryStringParameters ?? {};
  const format = query['$format'] ?? query['format'] ?? event.headers['content-type'] ?? '';
  if (/xml/i.test(format)) throw new DispatcherError('unsupported-format', { format });
  const { authToken, ...parameters } = { ...readBody(event), ...query };
  return { authToken: authToken === undefined ? undefined : String(authToken), parameters };
}

function readBody(event: APIGatewayProxyEventV2): Readonly<Record<string, unknown>> {
  const text = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new DispatcherError('malformed-request', { reason: 'the body is not JSON' }, { cause });
  }
  if (!isRecord(body)) throw invalidInput('body', 'must be an object');
  const data = body['RequestData'] ?? body;
  if (!isRecord(data)) throw invalidInput('RequestData', 'must be an object');
  return data;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
