/** The HTTP API and the WebSocket API as the template declares them: routes, integrations, the events that functions get. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SocketAnswer, SocketEvent } from '../../functions/console/socketEvent.ts';
import { type Answer, errorAnswer, writeAnswer } from '../../local/gateway/answers.ts';
import { answerApi, type GroupHandler, groupOf } from '../../local/gateway/httpApi.ts';
import { LiveConnections, refuse } from '../../local/gateway/liveConnections.ts';
import { systemTimer } from '../../local/gateway/timer.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { ReadTemplate } from '../infra/readTemplate.ts';
import { FunctionError, type FunctionHost } from './invokeFunction.ts';
import type { SecretsSeen } from './secretsSeen.ts';

export interface HttpFront {
  readonly url: string;
  readonly live: LiveConnections;
  close(): Promise<void>;
}

export interface HttpFrontOptions {
  readonly template: Pick<ReadTemplate, 'of' | 'readable' | 'resources'>;
  /** Functions by their names in the account. */
  readonly functions: ReadonlyMap<string, FunctionHost>;
  readonly clock: Clock;
  /** Told of each call that a function has answered. */
  readonly onCall: (...call: Parameters<SecretsSeen['noteCall']>) => void;
}

export async function startHttpFront({
  template,
  functions,
  clock,
  onCall,
}: HttpFrontOptions): Promise<HttpFront> {
  const routes = routesOf(template, functions, 'HTTP');
  const said = routesOf(template, functions, 'WEBSOCKET');
  const answered = answeredRoutes(template);
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const [path = '/', ...rest] = (request.url ?? '/').split('?');
    const target = routes.get(`${request.method} ${path}`);
    if (target === undefined) return json(404, { message: 'Not Found' });
    const handler: GroupHandler = async (event) => {
      const result = (await target.invoke(event)) as Awaited<ReturnType<GroupHandler>>;
      onCall(event, result);
      return result;
    };
    const requestId = randomUUID();
    try {
      return await answerApi(
        request,
        { path, rawQuery: rest.join('?') },
        // The gateway looks for a handler by the group in the path; here the route has chosen it.
        { [groupOf(path)]: handler },
        requestId,
        clock,
      );
    } catch (error) {
      if (error instanceof FunctionError) return json(500, { message: 'Internal Server Error' });
      if (error instanceof DispatcherError) return errorAnswer(error, requestId);
      throw error;
    }
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    answer(request).then(
      (given) => writeAnswer(request, response, given),
      (error: unknown) => response.destroy(error as Error),
    );
  });
  const live = new LiveConnections({
    async handler(event: SocketEvent) {
      const { routeKey } = event.requestContext;
      const key = said.has(routeKey) ? routeKey : '$default';
      try {
        const result = (await said.get(key)?.invoke(event)) as SocketAnswer | undefined;
        if (result === undefined) throw new Error(`the WebSocket API has no route ${key}`);
        if (event.requestContext.eventType !== 'MESSAGE' || answered.has(key)) return result;
        return { statusCode: 200 };
      } catch (error) {
        if (error instanceof FunctionError) return { statusCode: 502 };
        throw error;
      }
    },
    clock,
    timer: systemTimer,
    onFailure: (error) => {
      throw error;
    },
  });
  server.on('upgrade', (request, socket, head) => {
    const [path, query] = (request.url ?? '').split('?');
    if (path === '/live') void live.upgrade(request, socket, head, new URLSearchParams(query));
    else refuse(socket, 403, '');
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live,
    async close() {
      await live.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function routesOf(
  { of, readable, resources }: HttpFrontOptions['template'],
  functions: HttpFrontOptions['functions'],
  protocol: 'HTTP' | 'WEBSOCKET',
): ReadonlyMap<string, FunctionHost> {
  const isOf = (api: unknown): boolean => resources[readable(api)]?.Properties['ProtocolType'] === protocol;
  return new Map(
    of('AWS::ApiGatewayV2::Route')
      .filter(({ ApiId }) => isOf(ApiId))
      .map(({ RouteKey, Target }) => {
        const id = readable(Target).replace('integrations/', '');
        const { IntegrationType, IntegrationUri, PayloadFormatVersion } = resources[id]?.Properties ?? {};
        const uri = readable(IntegrationUri);
        const host = functions.get(/functions\/([^/]+)\/invocations$/.exec(uri)?.[1] ?? uri);
        const isFormatKnown = PayloadFormatVersion === (protocol === 'HTTP' ? '2.0' : undefined);
        if (host === undefined || IntegrationType !== 'AWS_PROXY' || !isFormatKnown) {
          throw new Error(`route ${RouteKey} has an integration that is not known here: ${id}`);
        }
        return [String(RouteKey), host];
      }),
  );
}

/** Routes of the WebSocket API whose answers go back to who has said something. */
const answeredRoutes = ({ of, readable, resources }: HttpFrontOptions['template']): ReadonlySet<string> =>
  new Set(
    of('AWS::ApiGatewayV2::RouteResponse').map(({ RouteId }) =>
      String(resources[readable(RouteId)]?.Properties['RouteKey']),
    ),
  );

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
