/** Starts the emulator of AWS that `npm run emulator:install` installs, on a free port of the loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const programs = join(import.meta.dirname, '..', '..', '.emulator', 'bin');
const program = join(programs, 'ministack');
const clockedProgram = join(import.meta.dirname, 'emulatorClock.py');
const startMilliseconds = 30_000;
const pollMilliseconds = 50;

export interface Emulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export const isEmulatorInstalled = (): boolean => existsSync(program);

/** What the emulator accepts as credentials: any. */
export const emulatorCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const emulatorRegion = 'us-east-1';

/**
 * Resolves once the emulator answers; its state is empty and vanishes with it. Its clock is the machine's, moved on by
 * the seconds that a file holds as a little-endian double, if one is named.
 */
export async function startEmulator(clockFile?: string): Promise<Emulator> {
  const port = await freePort();
  const [command, words] =
    clockFile === undefined ? [program, []] : [join(programs, 'python'), [clockedProgram, clockFile]];
  const child = spawn(command, words, {
    env: { ...process.env, GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', LOG_LEVEL: 'WARNING' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stopWithUs = () => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilHealthy(child, endpoint);
  return {
    endpoint,
    stop: async () => {
      process.off('exit', stopWithUs);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function untilHealthy(child: ChildProcess, endpoint: string): Promise<void> {
  const deadline = Date.now() + startMilliseconds;
  let failure: unknown;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the emulator ended with exit code ${child.exitCode}`);
    try {
      const response = await fetch(`${endpoint}/_ministack/health`);
      if (response.ok) return;
      failure = new Error(`health answered ${response.status}`);
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
  child.kill('SIGKILL');
  throw new Error(`the emulator did not start within ${startMilliseconds} ms`, { cause: failure });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
