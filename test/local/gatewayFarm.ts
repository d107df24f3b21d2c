/** A gateway for tests, with the clients that talk to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { FileBlobs } from '../../local/fileBlobs.ts';
import { type AccessKey, GatewayCredentials } from '../../local/gateway/credentials.ts';
import type { GroupHandler } from '../../local/gateway/httpApi.ts';
import { LiveConnections } from '../../local/gateway/liveConnections.ts';
import { QueueStore } from '../../local/gateway/queueStore.ts';
import { type FailedRequest, type Gateway, startGateway } from '../../local/gateway/server.ts';
import { Database } from '../../local/store/database.ts';
import { ManualTime } from './manualTime.ts';

export const masterKey = new Uint8Array(32).fill(7);

export interface TestGateway {
  readonly time: ManualTime;
  readonly directory: string;
  readonly database: Database;
  readonly queues: QueueStore;
  readonly blobs: FileBlobs;
  readonly credentials: GatewayCredentials;
  readonly gateway: Gateway;
  readonly handlers: Record<string, GroupHandler>;
  readonly failures: { error: unknown; request: FailedRequest }[];
  /** A client with the functions' credentials, or others, by this address or another. */
  sqs(key?: AccessKey & { readonly sessionToken?: string }, endpoint?: string): SQSClient;
  sts(key?: AccessKey & { readonly sessionToken?: string }): STSClient;
  close(): Promise<void>;
}

export async function startTestGateway(time = new ManualTime()): Promise<TestGateway> {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-gateway-'));
  const database = Database.inMemory();
  const queues = new QueueStore({ database, clock: time, timer: time });
  const credentials = new GatewayCredentials(masterKey, time);
  let url = '';
  const blobs = await FileBlobs.open({ directory, publicUrl: () => url, masterKey, clock: time });
  const handlers: Record<string, GroupHandler> = {};
  const failures: TestGateway['failures'] = [];
  const gateway = await startGateway({
    handlers,
    queues,
    live: new LiveConnections({
      handler: async () => ({ statusCode: 403 }),
      clock: time,
      timer: time,
      onFailure: (error) =>
        failures.push({ error, request: { requestId: '', method: 'GET', path: '/live' } }),
    }),
    credentials,
    blobs,
    clock: time,
    onFailure: (error, request) => failures.push({ error, request }),
  });
  url = gateway.url;
  const clients: { destroy(): void }[] = [];
  const settings = (key: AccessKey, endpoint: string) => ({
    endpoint,
    region: 'local',
    credentials: key,
    maxAttempts: 1,
    // The gateway's clock, to sign by.
    systemClockOffset: time.now() - Date.now(),
  });
  return {
    time,
    directory,
    database,
    queues,
    blobs,
    credentials,
    gateway,
    handlers,
    failures,
    sqs(key = credentials.functionCredentials(), endpoint = gateway.url) {
      const client = new SQSClient(settings(key, endpoint));
      clients.push(client);
      return client;
    },
    sts(key = credentials.functionCredentials()) {
      const client = new STSClient(settings(key, gateway.url));
      clients.push(client);
      return client;
    },
    async close() {
      await gateway.close();
      for (const client of clients) client.destroy();
      database.close();
      rmSync(directory, { recursive: true });
    },
  };
}
