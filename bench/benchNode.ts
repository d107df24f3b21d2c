/** A node that renders nothing: it speaks the node protocol as fast as it is answered. */
import type { Operations, WorkOrder } from '../client/src/generated.ts';
import { Connection } from './connection.ts';
import { BENCH_JOIN_TOKEN } from './dispatcher.ts';

export class BenchNode {
  readonly #connection: Connection;
  readonly #token: string;
  readonly #session: string;
  /** What it runs. */
  work: WorkOrder | null = null;

  private constructor(
    connection: Connection,
    { token, session }: Pick<Operations['nodeRegister']['output'], 'token' | 'session'>,
  ) {
    this.#connection = connection;
    this.#token = token;
    this.#session = session;
  }

  static async register(url: string, name: string): Promise<BenchNode> {
    const connection = await Connection.open(url);
    const registration: Operations['nodeRegister']['input'] = {
      name,
      secret: `secret-of-${name}-000000000000`,
      capabilities: {
        host: name,
        platform: 'linux',
        architecture: 'x64',
        cores: 8,
        threads: 16,
        speedMhz: 3_000,
        memoryMb: 32_768,
        agentVersion: '0.1.0',
      },
    };
    const body = JSON.stringify(registration);
    const reply = await connection.post('/v1/nodeProtocol/nodeRegister', BENCH_JOIN_TOKEN, body);
    if (reply.status !== 200) throw new Error(`nodeRegister answered ${reply.status}: ${reply.body}`);
    return new BenchNode(connection, JSON.parse(reply.body));
  }

  async claim(): Promise<WorkOrder | null> {
    const attemptToken = this.work?.assignment.token ?? null;
    const { work } = await this.#call('nodeClaim', { session: this.#session, attemptToken });
    this.work = work;
    return work;
  }

  /** Ends what it runs as completed and takes what it is given next. */
  async report(): Promise<WorkOrder | null> {
    if (this.work === null) throw new Error('the node runs nothing');
    const { work } = await this.#call('nodeReport', {
      session: this.#session,
      attempt: this.work.assignment,
      outcome: 'completed',
      exitCode: 0,
      message: '',
      cpuSeconds: 12.5,
      peakMemoryMb: 512,
      wantsNext: true,
    });
    this.work = work;
    return work;
  }

  mailboxCredentials(): Promise<Operations['nodeMailboxCredentials']['output']> {
    return this.#call('nodeMailboxCredentials', { session: this.#session });
  }

  /** Ends at once, without a word to the dispatcher. */
  die(): void {
    this.#connection.destroy();
  }

  async #call<N extends keyof Operations>(
    name: N,
    input: Operations[N]['input'],
  ): Promise<Operations[N]['output']> {
    const reply = await this.#connection.post(`/v1/nodeProtocol/${name}`, this.#token, JSON.stringify(input));
    if (reply.status !== 200) throw new Error(`${name} answered ${reply.status}: ${reply.body}`);
    return JSON.parse(reply.body);
  }
}

/** Registers so many nodes, a few at a time. */
export async function registerNodes(url: string, count: number, prefix = 'node'): Promise<BenchNode[]> {
  const nodes: BenchNode[] = [];
  for (let start = 0; start < count; start += REGISTERED_AT_ONCE) {
    const names = Array.from(
      { length: Math.min(REGISTERED_AT_ONCE, count - start) },
      (_, index) => `${prefix}-${start + index + 1}`,
    );
    nodes.push(...(await Promise.all(names.map((name) => BenchNode.register(url, name)))));
  }
  return nodes;
}

const REGISTERED_AT_ONCE = 50;
