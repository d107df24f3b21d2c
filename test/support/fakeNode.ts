/** A node that speaks the protocol over real HTTP and renders nothing: the test decides how each chunk ends. */
import { type Client, createClient } from '../../client/src/client.ts';
import type { Operations, WorkOrder } from '../../client/src/generated.ts';

type Report = Operations['nodeReport']['input'];

export interface FakeNode {
  readonly id: number;
  readonly name: string;
  readonly secret: string;
  readonly client: Client;
  session: string;
  /** What it was told to run last. */
  work: WorkOrder | null;
  claim(): Promise<WorkOrder | null>;
  heartbeat(progress?: number): Promise<Operations['nodeHeartbeat']['output']>;
  /** Ends what it runs and takes what it is given next. */
  report(change?: Partial<Report>): Promise<WorkOrder | null>;
  leave(): Promise<void>;
}

export interface FakeNodeOptions {
  readonly pools?: readonly string[];
  readonly secret?: string;
  readonly capabilities?: Partial<Operations['nodeRegister']['input']['capabilities']>;
}

export const someCapabilities = {
  host: 'testhost',
  platform: 'linux',
  architecture: 'x64',
  cores: 8,
  threads: 16,
  speedMhz: 3_000,
  memoryMb: 32_768,
  agentVersion: '0.1.0',
  software: [{ name: 'python3', version: '3.12.3' }],
} as const;

const load = { cpu: 10, freeMemoryMb: 16_000, freeDiskMb: 100_000 };

export async function fakeNode(
  url: string,
  joinToken: string,
  name: string,
  options: FakeNodeOptions = {},
): Promise<FakeNode> {
  const secret = options.secret ?? `secret-of-${name}-000000000000`;
  const registered = await createClient({ url, token: joinToken, retries: 0 }).nodeRegister({
    name,
    secret,
    pools: options.pools ?? [],
    capabilities: { ...someCapabilities, ...options.capabilities },
  });
  const client = createClient({ url, token: registered.token, retries: 0 });
  const node: FakeNode = {
    id: registered.nodeId,
    name,
    secret,
    client,
    session: registered.session,
    work: null,
    async claim() {
      const attemptToken = node.work?.assignment.token ?? null;
      node.work = (await client.nodeClaim({ session: node.session, attemptToken })).work;
      return node.work;
    },
    heartbeat: (progress = 0) =>
      client.nodeHeartbeat({
        session: node.session,
        attemptToken: node.work?.assignment.token ?? null,
        progress,
        load,
      }),
    async report(change = {}) {
      if (node.work === null) throw new Error(`${name} runs nothing`);
      const report: Report = {
        session: node.session,
        attempt: node.work.assignment,
        outcome: 'completed',
        exitCode: 0,
        wantsNext: true,
        ...change,
      };
      node.work = (await client.nodeReport(report)).work;
      return node.work;
    },
    async leave() {
      await client.nodeLeave({ session: node.session });
      node.work = null;
    },
  };
  return node;
}
