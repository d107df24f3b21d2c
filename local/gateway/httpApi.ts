/** Requests under `/v1/` and `/api/` as events of the API Gateway HTTP API, payload version 2.0, and back. */
import type { IncomingMessage } from 'node:http';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context as LambdaContext,
} from 'aws-lambda';
import { DispatcherError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { Answer } from './answers.ts';
import { headersOf } from './headers.ts';
import { lambdaContext } from './lambda.ts';
import { localAccount } from './queueNames.ts';
import { readBody } from './requestBody.ts';

/** The Lambda function of an API group. */
export type GroupHandler = (
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Handlers by the name of their group. */
export type GroupHandlers = Readonly<Record<string, GroupHandler>>;

/** Of API Gateway. */
const mostBodyBytes = 10 * 1024 * 1024;

/** Name of the handler for a path: its group, or `rest` for the reference's REST API. */
export const groupOf = (path: string): string =>
  path.startsWith('/api/') ? 'rest' : (path.split('/')[2] ?? '');

export async function answerApi(
  request: IncomingMessage,
  target: { readonly path: string; readonly rawQuery: string },
  handlers: GroupHandlers,
  requestId: string,
  clock: Clock,
): Promise<Answer> {
  const method = request.method ?? 'GET';
  const { path, rawQuery } = target;
  const group = groupOf(path);
  const handler = Object.hasOwn(handlers, group) ? handlers[group] : undefined;
  if (handler === undefined) throw new DispatcherError('no-such-operation', { method, path });
  const body = decode(await readBody(request, mostBodyBytes, 'The request'));
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: rawQuery,
    headers: headersOf(request),
    ...(rawQuery === '' ? {} : { queryStringParameters: parametersOf(rawQuery) }),
    requestContext: {
      accountId: localAccount,
      apiId: 'local',
      domainName: request.headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: logTime(clock.now()),
      timeEpoch: clock.now(),
    },
    ...(body === '' ? {} : { body }),
    isBase64Encoded: false,
  };
  const result = await handler(event, lambdaContext(group, clock, requestId));
  return {
    status: result.statusCode ?? 200,
    headers: {
      'content-type': 'application/json',
      ...lowerCase(result.headers),
      ...(result.cookies === undefined ? {} : { 'set-cookie': result.cookies }),
      'apigw-requestid': requestId,
    },
    body: result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64') : (result.body ?? ''),
  };
}

/** The API knows text only; API Gateway would hand over bytes of another type in base64. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new DispatcherError('malformed-request', { reason: 'its body is not UTF-8' }, { cause });
  }
}

/** Several parameters of one name are joined with commas. */
function parametersOf(rawQuery: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(parameters);
}

function lowerCase(headers: APIGatewayProxyStructuredResultV2['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** `12/Mar/2030:19:03:58 +0000`, the format of web server logs. Written once a second. */
function logTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastLogTime.second) {
    const [, day, month, year, time] = new Date(milliseconds).toUTCString().split(' ');
    lastLogTime = { second, text: `${day}/${month}/${year}:${time} +0000` };
  }
  return lastLogTime.text;
}

let lastLogTime = { second: Number.NaN, text: '' };
