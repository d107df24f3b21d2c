/** A farm that runs by itself, on the machine's clock, for tests with real agents; leases are short. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, createClient } from '../../client/src/client.ts';
import { type LocalFarm, startLocalFarm } from '../../local/farm.ts';
import { systemTimer } from '../../local/gateway/timer.ts';
import { ensureSecrets } from '../../shared/actions/ensureSecrets.ts';
import { systemClock } from '../../shared/model/clock.ts';
import type { Configuration } from '../../shared/model/configuration.ts';
import { templates } from '../../templates/index.ts';

export const REAL_JOIN_TOKEN = 'join-token-of-real-agents';
export const REAL_PASSWORD = 'a real password';

const root = join(import.meta.dirname, '..', '..');

export interface RealFarm {
  readonly url: string;
  readonly farm: LocalFarm;
  readonly client: Client;
  readonly folder: string;
  /** Starts an agent; it is ended with the test. */
  startAgent(name: string, options?: AgentOptions): Agent;
}

export interface AgentOptions {
  readonly data?: string;
  readonly url?: string;
  readonly arguments?: readonly string[];
  /** Command that starts it, such as one that enters a network namespace; its own words come behind. */
  readonly within?: readonly string[];
}

export interface Agent {
  readonly process: ChildProcess;
  readonly data: string;
  /** What it has said so far. */
  said(): string;
  /** Ends at once, as a power cut would. */
  kill(): Promise<void>;
}

/** Short enough to watch a loss, long enough for two busy cores. */
const shortLeases: Partial<Configuration> = {
  busyLeaseSeconds: 4,
  busyHeartbeatSeconds: 1,
  idleLeaseSeconds: 20,
  idleHeartbeatSeconds: 2,
  acceptSeconds: 5,
};

export async function realFarm(t: TestContext, { host = '127.0.0.1' } = {}): Promise<RealFarm> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-real-'));
  const farm = await startLocalFarm({
    data: join(folder, 'data'),
    host,
    port: 0,
    templates,
    clock: systemClock,
    timer: systemTimer,
    tickSeconds: 1,
    isDriven: true,
    log: (line) => {
      if (line.includes('"level":"error"')) t.diagnostic(line);
    },
  });
  const settings = await farm.context.configuration.getSettings();
  await farm.context.configuration.replace({
    ...settings,
    permanent: { ...settings.permanent, ...shortLeases },
  });
  const client = await clientOf(farm);
  const agents: Agent[] = [];
  t.after(async () => {
    await Promise.all(agents.map((agent) => agent.kill()));
    await farm.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: farm.url,
    farm,
    client,
    folder,
    startAgent(name, options = {}) {
      const agent = startAgent(
        options.url ?? farm.url,
        options.data ?? join(folder, `node-${name}`),
        name,
        options.arguments,
        options.within,
      );
      agents.push(agent);
      return agent;
    },
  };
}

async function clientOf(farm: LocalFarm): Promise<Client> {
  await ensureSecrets(farm.context, { adminPassword: REAL_PASSWORD, joinToken: REAL_JOIN_TOKEN });
  const { token } = await createClient({ url: farm.url }).login({ name: 'admin', password: REAL_PASSWORD });
  return createClient({ url: farm.url, token });
}

export function startAgent(
  url: string,
  data: string,
  name: string,
  more: readonly string[] = [],
  within: readonly string[] = [],
): Agent {
  const options = ['--url', url, '--join-token', REAL_JOIN_TOKEN, '--name', name, '--data', data, ...more];
  const main = join(root, 'nodeagent', 'src', 'main.ts');
  const [program = process.execPath, ...words] = [...within, process.execPath, main, ...options];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (text += part.toString()));
  return {
    process: child,
    data,
    said: () => text,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Waits until something is so; fails with what is missing after 60 s. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited 60 s until ${what}`);
    await delay(50);
  }
}

/** Waits for the end of a job. */
export const untilEnded = (client: Client, id: number) =>
  until(`job ${id} has ended`, async () => {
    const { job } = await client.jobGet({ id });
    return job.endedAt === null ? undefined : job;
  });
