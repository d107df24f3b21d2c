/**
 * `npm run demo`: a farm of three nodes renders an animation, to look at. One node is killed hard in the
 * middle, so that its chunk is seen to come back. Exits 0 only if every frame is there and decodes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { type Client, createClient } from '../client/src/client.ts';
import type { Job } from '../client/src/generated.ts';
import { ensureSecrets } from '../shared/actions/ensureSecrets.ts';
import { systemClock } from '../shared/model/clock.ts';
import { templates } from '../templates/index.ts';
import { DemoScreen } from './demoScreen.ts';
import { type LocalFarm, startLocalFarm } from './farm.ts';
import { systemTimer } from './gateway/timer.ts';

const FRAMES = 48;
const WIDTH = 640;
const HEIGHT = 360;
const NODES = ['anna', 'bruno', 'carla'];
/** The one that is killed, once so many chunks are done. */
const VICTIM = 'bruno';
const KILL_AFTER_CHUNKS = 4;
/** A killed node is missed after so many seconds: short, so that one can watch it. */
const LEASE_SECONDS = 5;
const JOIN_TOKEN = 'demo-join-token-0123456789';
const PASSWORD = 'demo';
/** Beyond this something is wrong, and a demo that hangs helps nobody. */
const LIMIT_MS = 170_000;
/** How often the screen is drawn anew. */
const LOOK_MS = 250;

const root = join(import.meta.dirname, '..');
const folder = resolve('.rollcall', 'demo');
const frames = join(folder, 'frames');

process.exitCode = await demo();

async function demo(): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(frames, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), 'rollcall-demo-'));
  const nodes = new Map<string, ChildProcess>();
  const screen = new DemoScreen(process.stdout);
  process.once('SIGINT', () => {
    for (const node of nodes.values()) node.kill('SIGTERM');
    screen.close();
    process.exit(130);
  });
  const farm = await startDispatcher(data);
  try {
    const client = await prepare(farm);
    screen.say(`Rollcall listens on ${farm.url}. Three nodes join: ${NODES.join(', ')}.`);
    for (const name of NODES) nodes.set(name, startNode(farm.url, data, name));
    const { id, chunkCount } = await submit(client);
    screen.say(`Job ${id}: ${FRAMES} frames at ${WIDTH}×${HEIGHT} in ${chunkCount} chunks of 4.`);
    const job = await follow(client, id, nodes, screen);
    return judge(job, screen);
  } finally {
    screen.close();
    await Promise.all([...nodes.values()].map(stop));
    await farm.close();
    rmSync(data, { recursive: true, force: true });
  }
}

function startDispatcher(data: string): Promise<LocalFarm> {
  const log = createWriteStream(join(folder, 'dispatcher.log'));
  return startLocalFarm({
    data,
    host: '127.0.0.1',
    port: 0,
    templates,
    clock: systemClock,
    timer: systemTimer,
    tickSeconds: 1,
    isDriven: true,
    log: (line) => log.write(`${line}\n`),
  });
}

/** Short leases, a user and a join token. */
async function prepare({ context, url }: LocalFarm): Promise<Client> {
  const settings = await context.configuration.getSettings();
  const leases = { busyLeaseSeconds: LEASE_SECONDS, busyHeartbeatSeconds: 1 };
  await context.configuration.replace({
    ...settings,
    permanent: { ...settings.permanent, ...leases },
  });
  await ensureSecrets(context, { adminPassword: PASSWORD, joinToken: JOIN_TOKEN });
  const { token } = await createClient({ url }).login({ name: 'admin', password: PASSWORD });
  return createClient({ url, token });
}

function startNode(url: string, data: string, name: string): ChildProcess {
  const log = createWriteStream(join(folder, `${name}.log`));
  const agent = join(root, 'nodeagent', 'src', 'main.ts');
  const options = ['--url', url, '--join-token', JOIN_TOKEN, '--name', name, '--data', join(data, name)];
  const node = spawn(process.execPath, [agent, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  node.stdout.pipe(log, { end: false });
  node.stderr.pipe(log, { end: false });
  return node;
}

async function stop(node: ChildProcess): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return;
  const exit = once(node, 'exit');
  node.kill('SIGTERM');
  await exit;
}

async function submit(client: Client): Promise<{ readonly id: number; readonly chunkCount: number }> {
  return client.jobSubmit({
    job: {
      name: 'dusk',
      templateId: 900,
      startFrame: 1,
      endFrame: FRAMES,
      packetSize: 4,
      attributes: {
        scene: { value: join(root, 'templates', 'tracer', 'scenes', 'demo.json') },
        output: { value: join(frames, 'dusk.####.png') },
        width: { value: WIDTH },
        height: { value: HEIGHT },
      },
    },
  });
}

/** Draws the job until it has ended, and kills a node on the way. */
async function follow(
  client: Client,
  id: number,
  nodes: Map<string, ChildProcess>,
  screen: DemoScreen,
): Promise<Job> {
  const deadline = Date.now() + LIMIT_MS;
  let isKilled = false;
  for (;;) {
    const [{ job }, list] = await Promise.all([client.jobGet({ id }), client.nodeGetList({})]);
    screen.draw(job, list.nodes);
    if (job.endedAt !== null) return job;
    if (Date.now() > deadline)
      throw new Error(`the job has not ended within ${LIMIT_MS / 1000} s; see ${folder}`);
    const victim = list.nodes.find(({ name }) => name === VICTIM);
    if (!isKilled && victim?.status === 'working' && job.counts.completed >= KILL_AFTER_CHUNKS) {
      isKilled = true;
      nodes.get(VICTIM)?.kill('SIGKILL');
      screen.say(
        `Killed ${VICTIM} hard in the middle of chunk ${victim.chunkId}; its lease of ${LEASE_SECONDS} s lapses, then another node takes over.`,
      );
    }
    await delay(LOOK_MS);
  }
}

/** 0 if every frame is there and decodes. */
function judge(job: Job, screen: DemoScreen): number {
  const bad = Array.from({ length: FRAMES }, (_, index) => index + 1).flatMap((frame) => {
    const path = join(frames, `dusk.${String(frame).padStart(4, '0')}.png`);
    try {
      const { width, height } = PNG.sync.read(readFileSync(path));
      return width === WIDTH && height === HEIGHT ? [] : [`${path} is ${width}×${height}`];
    } catch (error) {
      return [`${path}: ${error instanceof Error ? error.message : error}`];
    }
  });
  for (const problem of bad) screen.say(problem);
  if (bad.length > 0 || job.status !== 'completed') {
    screen.say(
      `The job is ${job.status}; ${FRAMES - bad.length} of ${FRAMES} frames are good. Logs: ${folder}`,
    );
    return 1;
  }
  screen.say(`All ${FRAMES} frames are there and decode: ${frames}`);
  return 0;
}
