/** Calls an operation of the contract as a client would, through the function of its group. */
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import type * as z from 'zod/mini';
import { type Operation, route } from '../../shared/contract/operation.ts';
import type { RestGroups } from './index.ts';

/** An answer other than success, as the operation gave it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, { code, message }: { readonly code: string; readonly message: string }) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Answers with the operation's output; throws {@link RefusedError} for a refusal. */
export type CallOperation = <O extends Operation>(
  operation: O,
  input: Readonly<Record<string, unknown>>,
) => Promise<z.output<O['output']>>;

export const callOperation =
  (
    groups: RestGroups,
    event: APIGatewayProxyEventV2,
    lambdaContext: LambdaContext,
    authToken: string | undefined,
  ): CallOperation =>
  async (operation, input) => {
    const { method, path } = route(operation);
    const { body: _body, queryStringParameters: _query, ...rest } = event;
    const query = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));
    const result = await groups[operation.group as keyof RestGroups](
      {
        ...rest,
        routeKey: `${method} ${path}`,
        rawPath: path,
        headers: authToken === undefined ? {} : { authorization: `Bearer ${authToken}` },
        isBase64Encoded: false,
        requestContext: {
          ...event.requestContext,
          routeKey: `${method} ${path}`,
          http: { ...event.requestContext.http, method, path },
        },
        ...(method === 'GET'
          ? { rawQueryString: new URLSearchParams(query).toString(), queryStringParameters: query }
          : { rawQueryString: '', body: JSON.stringify(input) }),
      },
      lambdaContext,
    );
    const answer = JSON.parse(result.body ?? '{}');
    const status = result.statusCode ?? 200;
    if (status >= 300) throw new RefusedError(status, answer.error);
    return answer;
  };
