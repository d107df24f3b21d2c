/** Connects to the queue and token services; whoever needs a queue builds it on these. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

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

export interface QueueClients {
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  close(): void;
}

export function connectQueues(connection: QueueConnection): QueueClients {
  const sqs = new SQSClient(connection);
  const sts = new STSClient(connection);
  return {
    sqs,
    sts,
    close() {
      sqs.destroy();
      sts.destroy();
    },
  };
}
