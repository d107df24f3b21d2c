/** The other side of the event bus at the wire: takes what is put, and refuses single events as the test says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { connectEvents, type EventBus, eventBus } from '../../shared/bus/eventBus.ts';

export interface PutEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

export interface EventBusServer {
  readonly bus: EventBus;
  /** The calls, each with its entries. */
  readonly calls: (readonly PutEntry[])[];
  /** Events that were taken since the last time this was asked. */
  take(): { readonly type: string; readonly detail: Record<string, unknown> }[];
  /** Refuses so many events of a type. */
  refuse(type: string, times: number): void;
  /** Whether it takes events, says that it cannot, or does not say anything. */
  state: 'well' | 'unavailable' | 'silent';
}

export async function eventBusServer(t: Pick<TestContext, 'after'>): Promise<EventBusServer> {
  const calls: (readonly PutEntry[])[] = [];
  const taken: PutEntry[] = [];
  const refusals = new Map<string, number>();
  const refuses = (type: string): boolean => {
    const left = refusals.get(type) ?? 0;
    refusals.set(type, left - 1);
    return left > 0;
  };
  const server = createServer(async (request, response) => {
    const { Entries } = (await json(request)) as { Entries: PutEntry[] };
    if (bus.state === 'silent') return;
    if (bus.state === 'unavailable') {
      response.writeHead(503).end();
      return;
    }
    calls.push(Entries);
    const results = Entries.map((entry) => {
      if (refuses(entry.DetailType)) return { ErrorCode: 'ThrottlingException', ErrorMessage: 'by the test' };
      taken.push(entry);
      return { EventId: 'an-event' };
    });
    const FailedEntryCount = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ FailedEntryCount, Entries: results }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connectEvents({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  t.after(() => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  });
  const bus: EventBusServer = {
    bus: eventBus(client, 'rollcall-test-events'),
    calls,
    take: () =>
      taken.splice(0).map(({ DetailType, Detail }) => ({ type: DetailType, detail: JSON.parse(Detail) })),
    refuse: (type, times) => refusals.set(type, times),
    state: 'well',
  };
  return bus;
}
