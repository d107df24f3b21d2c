/** The management API of the WebSocket: posts to a connection, looks at it, ends it. For the dispatcher's own functions. */
import { LIVE_STAGE } from '../../shared/contract/consoleEvents.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { Answer } from './answers.ts';
import { AwsError } from './awsError.ts';
import { assertMay, type GatewayCredentials } from './credentials.ts';
import { type LiveConnections, MOST_MESSAGE_BYTES } from './liveConnections.ts';
import { localAccount, localRegion } from './queueNames.ts';
import { type SignedRequest, verifySignature } from './signature.ts';

export const livePath = `/${LIVE_STAGE}`;
export const connectionsPath = `${livePath}/@connections/`;

export interface LiveApi {
  readonly live: LiveConnections;
  readonly credentials: GatewayCredentials;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

const gone: Answer = refusal(410, 'GoneException', 'There is no such connection any more.');

export async function answerLiveApi(
  request: SignedRequest,
  { live, credentials, clock, onFailure }: LiveApi,
): Promise<Answer> {
  try {
    const principal = await verifySignature(request, 'execute-api', credentials, clock);
    const resource = `arn:aws:execute-api:${localRegion}:${localAccount}:local${request.path}`;
    assertMay(principal, 'execute-api:ManageConnections', resource);
  } catch (error) {
    if (!(error instanceof AwsError)) {
      onFailure(error);
      return refusal(500, 'InternalServerErrorException', 'The request failed by our fault.');
    }
    return refusal(403, 'ForbiddenException', error.message);
  }
  return answerConnection(live, request.method, request.path, request.body);
}

/** Answers who may ask. */
export function answerConnection(
  live: LiveConnections,
  method: string,
  path: string,
  body: Uint8Array,
): Answer {
  const id = decodeURIComponent(path.slice(connectionsPath.length));
  switch (method) {
    case 'POST':
      if (body.length > MOST_MESSAGE_BYTES) {
        return refusal(413, 'PayloadTooLargeException', `At most ${MOST_MESSAGE_BYTES} bytes are sent.`);
      }
      return live.send(id, body) ? done(200) : gone;
    case 'DELETE':
      return live.disconnect(id) ? done(204) : gone;
    case 'GET': {
      const connection = live.find(id);
      if (connection === undefined) return gone;
      return done(200, {
        connectedAt: new Date(connection.connectedAt).toISOString(),
        identity: { sourceIp: connection.address },
        lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
      });
    }
    default:
      return refusal(405, 'MethodNotAllowedException', `${method} is not understood.`);
  }
}

const done = (status: number, body?: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: body === undefined ? '' : JSON.stringify(body),
});

function refusal(status: number, type: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
    body: JSON.stringify({ message }),
  };
}
