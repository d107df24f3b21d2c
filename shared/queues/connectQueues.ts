/** Connects to the queue and token services; whoever needs a queue builds it on these. */
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

export interface QueueConnection {
  readonly region: string;
  /** The service itself, unless told: the local gateway, an emulator. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What carries requests, instead of connections of the network. */
  readonly requestHandler?: NonNullable<SQSClientConfig['requestHandler']>;
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
