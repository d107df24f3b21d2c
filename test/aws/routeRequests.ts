/** The HTTP API as the template declares it: routes, integrations, the event that a function gets. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, errorAnswer, writeAnswer } from '../../local/gateway/answers.ts';
import { answerApi, type GroupHandler, groupOf } from '../../local/gateway/httpApi.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { ReadTemplate } from '../infra/readTemplate.ts';
import { FunctionError, type FunctionHost } from './invokeFunction.ts';

export interface HttpFront {
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpFrontOptions {
  readonly template: Pick<ReadTemplate, 'of' | 'readable' | 'resources'>;
  /** Functions by their names in the account. */
  readonly functions: ReadonlyMap<string, FunctionHost>;
  readonly clock: Clock;
}

export async function startHttpFront({ template, functions, clock }: HttpFrontOptions): Promise<HttpFront> {
  const routes = routesOf(template, functions);
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const [path = '/', ...rest] = (request.url ?? '/').split('?');
    const target = routes.get(`${request.method} ${path}`);
    if (target === undefined) return json(404, { message: 'Not Found' });
    const handler: GroupHandler = async (event) => {
      const result = await target.invoke(event);
      return result as Awaited<ReturnType<GroupHandler>>;
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
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function routesOf(
  { of, readable, resources }: HttpFrontOptions['template'],
  functions: HttpFrontOptions['functions'],
): ReadonlyMap<string, FunctionHost> {
  return new Map(
    of('AWS::ApiGatewayV2::Route').map(({ RouteKey, Target }) => {
      const id = readable(Target).replace('integrations/', '');
      const { IntegrationType, IntegrationUri, PayloadFormatVersion } = resources[id]?.Properties ?? {};
      const host = functions.get(readable(IntegrationUri));
      if (host === undefined || IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0') {
        throw new Error(`route ${RouteKey} has an integration that is not known here: ${id}`);
      }
      return [String(RouteKey), host];
    }),
  );
}

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
