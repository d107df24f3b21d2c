/** Connects to the queue service; whoever needs a queue builds it on this. */
import { SQSClient } from '@aws-sdk/client-sqs';

/** Takes a signed request to whoever answers it. */
export type RequestCarrier = {
  handle(request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  }): Promise<{
    readonly response: {
      readonly statusCode: number;
      readonly headers: Record<string, string>;
      readonly body: Uint8Array;
    };
  }>;
};

export interface QueueConnection {
  readonly region: string;
  /** The service itself, unless told: the local gateway, an emulator. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What carries requests, instead of connections of the network. */
  readonly requestHandler?: RequestCarrier;
}

export const connectQueues = (connection: QueueConnection): SQSClient => new SQSClient(connection);
