/** The AWS services behind the gateway's root path: who signed, what for, and the answer in that protocol. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../shared/model/clock.ts';
import type { Answer } from './answers.ts';
import { AwsError } from './awsError.ts';
import type { GatewayCredentials } from './credentials.ts';
import { headersOf } from './headers.ts';
import { answerLiveApi, connectionsPath } from './liveApi.ts';
import type { LiveConnections } from './liveConnections.ts';
import type { QueueStore } from './queueStore.ts';
import { readBody } from './requestBody.ts';
import { type SignedRequest, verifySignature } from './signature.ts';
import { answerSqs } from './sqs.ts';
import { answerSts, stsError } from './sts.ts';

export interface AwsApi {
  readonly queues: QueueStore;
  readonly live: LiveConnections;
  readonly credentials: GatewayCredentials;
  readonly clock: Clock;
  /** Told about failures that are our fault. */
  readonly onFailure: (error: unknown) => void;
}

/** Ten messages of a batch fit, however much of them JSON escapes. */
const mostBodyBytes = 8 * 1024 * 1024;
const sqsTarget = 'AmazonSQS.';

export async function answerAws(
  request: IncomingMessage,
  target: { readonly path: string; readonly rawQuery: string },
  api: AwsApi,
  requestId: string,
  signal: AbortSignal,
): Promise<Answer> {
  const body = await readBody(request, mostBodyBytes, 'The request');
  const signed: SignedRequest = {
    method: request.method ?? 'POST',
    path: target.path,
    query: new URLSearchParams(target.rawQuery),
    headers: headersOf(request),
    body,
  };
  return answerSigned(signed, api, requestId, signal);
}

/** Answers a request that has been read, wherever it came from. */
export async function answerSigned(
  request: SignedRequest,
  api: AwsApi,
  requestId: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { path, headers } = request;
  if (path.startsWith(connectionsPath)) return withClock(await answerLiveApi(request, api), api.clock);
  const answer = headers['x-amz-target'] === undefined ? sts : sqs;
  return withClock(await answer(request, api, requestId, signal), api.clock);
}

async function sqs(
  request: SignedRequest,
  api: AwsApi,
  requestId: string,
  signal: AbortSignal,
): Promise<Answer> {
  const type = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId };
  try {
    const principal = await verifySignature(request, 'sqs', api.credentials, api.clock);
    const target = request.headers['x-amz-target'] ?? '';
    const action = target.startsWith(sqsTarget) ? target.slice(sqsTarget.length) : target;
    const result = await answerSqs(action, parseJson(request.body), {
      queues: api.queues,
      principal,
      gatewayUrl: `http://${request.headers['host']}`,
      signal,
      now: () => api.clock.now(),
    });
    return { status: 200, headers: type, body: JSON.stringify(result) };
  } catch (error) {
    const { definition, message } = refusal(error, api);
    return {
      status: definition.status,
      headers: {
        ...type,
        'x-amzn-query-error': `${definition.queryCode};${definition.status < 500 ? 'Sender' : 'Receiver'}`,
      },
      body: JSON.stringify({ __type: definition.type, message }),
    };
  }
}

async function sts(request: SignedRequest, api: AwsApi, requestId: string): Promise<Answer> {
  const type = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  try {
    const principal = await verifySignature(request, 'sts', api.credentials, api.clock);
    const form = new URLSearchParams(Buffer.from(request.body).toString());
    return { status: 200, headers: type, body: answerSts(form, principal, api.credentials, requestId) };
  } catch (error) {
    const known = refusal(error, api);
    return { status: known.definition.status, headers: type, body: stsError(known, requestId) };
  }
}

function refusal(error: unknown, api: AwsApi): AwsError {
  if (error instanceof AwsError) return error;
  api.onFailure(error);
  return new AwsError('InternalFailure', 'The request failed by our fault.', { cause: error });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch (cause) {
    throw new AwsError('Serialization', 'The request is not JSON.', { cause });
  }
}

/** SDKs set their clocks by the date of an answer, so it must be the clock that signatures are checked by. */
function withClock(answer: Answer, clock: Clock): Answer {
  return { ...answer, headers: { ...answer.headers, date: new Date(clock.now()).toUTCString() } };
}
