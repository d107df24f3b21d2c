/** What API Gateway calls the function of a WebSocket with: of its events what is used here. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface SocketEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
    readonly connectionId: string;
    readonly requestId: string;
    readonly identity: { readonly sourceIp: string };
  };
  /** With `$connect` only; names as they were sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
}

/** The body of the answer to a message goes to whoever said it. */
export type SocketAnswer = APIGatewayProxyStructuredResultV2;

export type SocketHandler = (event: SocketEvent) => Promise<SocketAnswer>;
