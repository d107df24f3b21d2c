import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Client, createClient } from '../../client/src/client.ts';
import {
  REAL_JOIN_TOKEN,
  REAL_PASSWORD,
  realFarm,
  startAgent,
  until,
  untilEnded,
} from '../support/realFarm.ts';
import { isAlive, rendering, slowJob } from '../support/slowJob.ts';

const doneFrames = (folder: string): number =>
  readdirSync(folder).filter((name) => name.endsWith('.done')).length;

describe('a farm with real agents', { concurrency: 2 }, () => {
  it('survives a node that is killed in the middle of a frame', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    const victim = start('victim');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 4, 1_500) });
    await rendering(frames, 1);

    await victim.kill();
    start('heir');
    const job = await untilEnded(client, id);

    assert.deepEqual([job.status, doneFrames(frames)], ['completed', 4]);
    const { attempts } = await client.chunkGetHistory({ jobId: id });
    assert.equal(attempts.filter(({ outcome }) => outcome === 'lost').length, 1);
  });

  it('an agent that is killed and restarted within its lease ends the render that was left behind and goes on', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    const before = start('alpha');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 2, 3_000) });
    const pid = await rendering(frames, 1);
    await before.kill();

    start('alpha', { data: before.data });
    await until('the old render is gone', () => !isAlive(pid));
    const job = await untilEnded(client, id);

    assert.deepEqual([job.status, doneFrames(frames)], ['completed', 2]);
    const { nodes } = await client.nodeGetList({});
    assert.equal(nodes.length, 1);
  });

  it('a node that froze beyond its lease stops its stale render when it is back and takes other work', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    const frozen = start('frozen');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 3, 4_000) });
    await rendering(frames, 1);
    frozen.process.kill('SIGSTOP');
    start('other');
    await until('its chunk is lost', async () => {
      const { attempts } = await client.chunkGetHistory({ jobId: id });
      return attempts.some(({ outcome }) => outcome === 'lost');
    });

    frozen.process.kill('SIGCONT');
    const job = await untilEnded(client, id);

    assert.deepEqual([job.status, job.counts.completed], ['completed', 3]);
    const { attempts } = await client.chunkGetHistory({ jobId: id });
    assert.equal(attempts.filter(({ outcome }) => outcome === 'completed').length, 3);
  });

  it('the second of two nodes with one name is refused and says so', async (t) => {
    const { startAgent: start, client } = await realFarm(t);
    start('twin');
    await until('the first is there', async () => (await client.nodeGetList({})).nodes.length === 1);

    const second = start('twin', { data: mkdtempSync(join(tmpdir(), 'rollcall-twin-')) });
    const [code] = await once(second.process, 'exit');

    assert.equal(code, 3);
    assert.match(second.said(), /twin/);
    rmSync(second.data, { recursive: true, force: true });
  });

  it('a mailbox message that comes twice starts a chunk once', async (t) => {
    const { client, farm, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    const agent = start('alpha');
    const node = await until(
      'it is idle',
      async () => (await client.nodeGetList({ status: 'idle' })).nodes[0],
    );
    const { id } = await client.jobSubmit({ job: slowJob(frames, 1, 2_000) });
    await rendering(frames, 1);
    const state = await farm.context.nodes.findState(node.id, { consistent: true });
    const token = state?.assignment?.token ?? '';
    for (let time = 0; time < 3; time += 1) {
      await farm.queues.send(`rollcall-node-${node.id}.fifo`, {
        body: JSON.stringify({ kind: 'assign', token }),
        groupId: 'node',
        deduplicationId: `again-${time}`,
      });
    }

    const job = await untilEnded(client, id);

    assert.equal(job.status, 'completed');
    assert.equal((await client.chunkGetHistory({ jobId: id })).attempts.length, 1);
    assert.equal(agent.said().match(/runs chunk 1 of job/g)?.length, 1);
  });

  it('a job that is deleted while it renders stops the render within moments', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    start('alpha');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 2, 60_000) });
    const pid = await rendering(frames, 1);

    await client.jobDelete({ id });

    await until('the render is gone', () => !isAlive(pid));
    await until(
      'the node is idle',
      async () => (await client.nodeGetList({ status: 'idle' })).nodes.length === 1,
    );
  });

  it('a job that is reinitialised while it renders starts again from its first frame', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    start('alpha');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 2, 2_000) });
    const pid = await rendering(frames, 1);

    await client.jobReinit({ id });
    await until('the render of the old generation is gone', () => !isAlive(pid));
    const job = await untilEnded(client, id);

    assert.deepEqual([job.status, job.generation, job.counts.completed], ['completed', 2, 2]);
  });

  it('a job that is paused and edited while it renders finishes its chunk and goes on when it is resumed', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    start('alpha');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 2, 1_000) });
    await rendering(frames, 1);

    await client.jobEdit({ id, changes: { paused: true, priority: 99 } });
    await until('its chunk is done', async () => (await client.jobGet({ id })).job.counts.completed === 1);
    await until(
      'the node is idle',
      async () => (await client.nodeGetList({ status: 'idle' })).nodes.length === 1,
    );
    await client.jobEdit({ id, changes: { paused: false } });
    const job = await untilEnded(client, id);

    assert.deepEqual([job.status, job.priority, doneFrames(frames)], ['completed', 99, 2]);
  });

  it('a kill stops the whole process tree, and the chunk is rendered again without penalty', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    start('alpha');
    const node = await until('it is there', async () => (await client.nodeGetList({})).nodes[0]);
    const { id } = await client.jobSubmit({ job: slowJob(frames, 1, 3_000) });
    const pid = await rendering(frames, 1);

    await client.nodeKillProcess({ id: node.id });
    await until('the render is gone', () => !isAlive(pid));
    const job = await untilEnded(client, id);

    assert.equal(job.status, 'completed');
    const { chunk } = await client.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.attempt, chunk.requeueCount], [2, 0]);
  });

  it('SIGTERM drains an agent: its chunk is queued again without penalty and the node is offline', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    const agent = start('alpha');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 1, 60_000) });
    const pid = await rendering(frames, 1);

    agent.process.kill('SIGTERM');
    const [code] = await once(agent.process, 'exit');

    assert.equal(code, 0);
    assert.equal(isAlive(pid), false);
    const { chunk } = await client.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.equal((await client.nodeGetList({})).nodes[0]?.status, 'offline');
  });

  it('the output of a chunk can be read through the API when it has ended', async (t) => {
    const { client, folder, startAgent: start } = await realFarm(t);
    const frames = join(folder, 'frames');
    start('alpha');
    const { id } = await client.jobSubmit({ job: slowJob(frames, 1, 100) });
    await untilEnded(client, id);

    const text = await until('the log is there', async () => {
      const link = await client.chunkGetLog({ jobId: id, chunkId: 1 }).catch(() => undefined);
      return link === undefined ? undefined : (await fetch(link.url)).text();
    });

    assert.match(text, /Progress: 100%/);
  });

  it('a dispatcher that is killed in the middle of a job goes on where it was, on the same data', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-killed-'));
    const frames = join(folder, 'frames');
    const first = await startDispatcher(t, join(folder, 'data'), 0);
    const port = Number(new URL(first.url).port);
    const agent = startAgent(first.url, join(folder, 'node'), 'alpha');
    t.after(async () => {
      await agent.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    const client = await logIn(first.url);
    const { id } = await client.jobSubmit({ job: slowJob(frames, 6, 1_500) });
    await rendering(frames, 2);

    await first.kill();
    const done = doneFrames(frames);
    await until('the node rendered on without it', () => doneFrames(frames) > done);
    await startDispatcher(t, join(folder, 'data'), port);
    const job = await untilEnded(client, id);

    assert.deepEqual([job.status, job.counts.completed, doneFrames(frames)], ['completed', 6, 6]);
    const { attempts } = await client.chunkGetHistory({ jobId: id });
    assert.deepEqual(
      attempts
        .filter(({ outcome }) => outcome !== 'interrupted')
        .map(({ chunkId, outcome }) => [chunkId, outcome]),
      [1, 2, 3, 4, 5, 6].map((chunkId) => [chunkId, 'completed']),
    );
  });

  it('a second dispatcher on the same data is refused with a clear message', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-twice-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    await startDispatcher(t, folder, 0);

    const second = spawnDispatcher(folder, 0);
    let said = '';
    second.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = await once(second, 'exit');

    assert.equal(code, 1);
    assert.match(said, /in use by another process; stop it, or choose another folder with --data/);
  });
});

interface Dispatcher {
  readonly url: string;
  kill(): Promise<void>;
}

function spawnDispatcher(data: string, port: number) {
  const main = join(import.meta.dirname, '..', '..', 'local', 'main.ts');
  return spawn(process.execPath, [main, '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ROLLCALL_ADMIN_PASSWORD: REAL_PASSWORD, ROLLCALL_JOIN_TOKEN: REAL_JOIN_TOKEN },
  });
}

/** `npm start` as a process of its own. */
async function startDispatcher(t: TestContext, data: string, port: number): Promise<Dispatcher> {
  const child = spawnDispatcher(data, port);
  let said = '';
  child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  t.after(kill);
  const url = await until('the dispatcher listens', () => /Rollcall listening on (\S+)/.exec(said)?.[1]);
  return { url, kill };
}

async function logIn(url: string): Promise<Client> {
  const { token } = await createClient({ url }).login({ name: 'admin', password: REAL_PASSWORD });
  return createClient({ url, token, retries: 20 });
}
