/** Each command to a node, from the API to a real agent and back. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Client } from '../../client/src/client.ts';
import { aFolder } from '../support/folders.ts';
import { type Agent, type AgentOptions, realFarm, until, untilEnded } from '../support/realFarm.ts';
import { rendering, slowJob } from '../support/slowJob.ts';

/** A farm with one agent that is ready, and a folder for frames. */
async function farmWithAgent(t: TestContext, options: AgentOptions = {}) {
  const farm = await realFarm(t);
  const agent = farm.startAgent('alpha', options);
  const id = await idleNode(farm.client, 'alpha');
  const frames = join(farm.folder, 'frames');
  mkdirSync(frames);
  return { ...farm, agent, id, frames };
}

const idleNode = (client: Client, name: string): Promise<number> =>
  until(`node ${name} is idle`, async () => {
    const { nodes } = await client.nodeGetList({ status: 'idle' });
    return nodes.find((node) => node.name === name)?.id;
  });

const nodeIs = (client: Client, id: number, status: string) =>
  until(`node ${id} is ${status}`, async () => (await client.nodeGet({ id })).node.status === status);

const niceness = (pid: number): string =>
  execFileSync('ps', ['-o', 'ni=', '-p', String(pid)], { encoding: 'utf8' }).trim();

const answerTo = (client: Client, id: number, commandId: string) =>
  until(
    'the node has answered',
    async () => (await client.nodeGetCommandAnswer({ id, commandId })).answer ?? undefined,
  );

const says = (agent: Agent, text: string) =>
  until(`the agent says ${text}`, () => agent.said().includes(text));

const NO_PACKETS = 'needs a network, and the right to listen at port 9';

/** Listens for magic packets on the first network of this machine; undefined where that is not possible. */
async function magicPackets(t: TestContext) {
  const network = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => family === 'IPv4' && !internal);
  const listener = createSocket({ type: 'udp4', reuseAddr: true });
  t.after(() => listener.close());
  const heard = new Set<string>();
  listener.on('message', (packet) => heard.add(packet.toString('hex')));
  const isBound = await new Promise((resolve) => {
    listener.once('error', () => resolve(false)).bind(9, () => resolve(true));
  });
  if (!network?.cidr || !isBound) return undefined;
  const { mac, cidr } = network;
  return {
    mac,
    cidr,
    for: (wanted: string) =>
      until(`a magic packet for ${wanted}`, () =>
        heard.has(`ffffffffffff${wanted.replaceAll(':', '').repeat(16)}`),
      ),
  };
}

describe('a real agent is told', { concurrency: 2, timeout: 180_000 }, () => {
  it('another priority: the process that runs takes it, and the next one', async (t) => {
    const { client, id, frames } = await farmWithAgent(t);
    await client.jobSubmit({ job: slowJob(frames, 2, 4_000) });
    const first = await rendering(frames, 1);
    assert.equal(niceness(first), '0');

    const { delivery } = await client.nodeSetProcessPriority({ id, priority: 'below-normal' });
    await until('the process has it', () => niceness(first) === '10');
    const second = await rendering(frames, 2);
    await until('the next process has it', () => niceness(second) === '10');

    assert.equal(delivery, 'sent');
    assert.equal((await client.nodeGet({ id })).node.processPriority, 'below-normal');
  });

  it('to send its output while it runs, from the beginning, until it is told not to', async (t) => {
    const { client, id, frames } = await farmWithAgent(t);
    const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 1, 30_000) });
    await rendering(frames, 1);
    await until('it has rendered a part', async () => (await client.nodeGet({ id })).node.progress > 0);
    assert.equal((await client.chunkGetLiveLog({ jobId, chunkId: 1 })).text, '');

    await client.nodeSetRealtimeLog({ id, status: true });
    let text = '';
    const live = await until('it has told more', async () => {
      const part = await client.chunkGetLiveLog({ jobId, chunkId: 1, after: text.length });
      assert.equal(part.from, text.length);
      text += part.text;
      return text.includes('Progress: 20%\n') && part;
    });
    await client.nodeSetRealtimeLog({ id, status: false });

    assert.match(text, /^\[rollcall\] job 1 "slow frames", chunk 1 .*\n.*\nProgress: 10%\nProgress: 20%\n/s);
    assert.deepEqual([live.isRunning, live.isLive, live.nodeId, live.attempt], [true, true, id, 1]);
  });

  it('to run Python code, and answers with what it wrote and its exit code', async (t) => {
    const { client, id } = await farmWithAgent(t, { arguments: ['--allow-python'] });

    const good = await client.nodeRunPythonCode({ id, code: 'import sys\nprint(6 * 7)\nsys.exit(0)' });
    const bad = await client.nodeRunPythonCode({ id, code: 'print(1 / 0)' });
    const slow = await client.nodeRunPythonCode({
      id,
      code: 'import time\nprint("begun")\ntime.sleep(600)',
      timeLimitSeconds: 1,
    });

    assert.deepEqual(await answerTo(client, id, good.commandId), { ok: true, exitCode: 0, output: '42\n' });
    const failed = await answerTo(client, id, bad.commandId);
    assert.deepEqual([failed.ok, failed.exitCode], [false, 1]);
    assert.match(failed.output, /ZeroDivisionError/);
    assert.deepEqual(await answerTo(client, id, slow.commandId), {
      ok: false,
      exitCode: null,
      output: 'begun\n\n[rollcall] stopped after 1 s\n',
    });
  });

  it('to run Python code, and refuses where its operator did not allow it', async (t) => {
    const { client, id, folder } = await farmWithAgent(t);
    const file = join(folder, 'written');

    const { commandId } = await client.nodeRunPythonCode({ id, code: `open(${JSON.stringify(file)}, 'w')` });
    const answer = await answerTo(client, id, commandId);

    assert.deepEqual(answer, {
      ok: false,
      exitCode: null,
      output: 'this node was started without --allow-python',
    });
    assert.ok(!existsSync(file));
  });

  it('to reboot: gives its chunk back, leaves, and runs what its operator configured', async (t) => {
    const farm = await realFarm(t);
    const file = join(farm.folder, 'rebooted');
    const agent = farm.startAgent('alpha', { arguments: ['--on-reboot', `touch '${file}'`] });
    const { client } = farm;
    const id = await idleNode(client, 'alpha');
    const frames = join(farm.folder, 'frames');
    mkdirSync(frames);
    const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 1, 60_000) });
    await rendering(frames, 1);

    const { commandId } = await client.nodeSendSystemEvent({ id, event: 'reboot' });
    const [code] = await once(agent.process, 'exit');

    assert.equal(code, 0);
    assert.ok(existsSync(file));
    assert.deepEqual(await answerTo(client, id, commandId), {
      ok: true,
      exitCode: null,
      output: `leaves the farm, then runs touch ${file}`,
    });
    const { chunk } = await client.chunkGet({ jobId, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.equal((await client.nodeGet({ id })).node.status, 'offline');
  });

  it('to shut down, and refuses where nothing is configured', async (t) => {
    const { client, id, agent } = await farmWithAgent(t, { arguments: ['--on-reboot', 'true'] });

    const { commandId } = await client.nodeSendSystemEvent({ id, event: 'shutdown' });
    const answer = await answerTo(client, id, commandId);

    assert.deepEqual(answer, {
      ok: false,
      exitCode: null,
      output: 'no command is configured for shutdown',
    });
    assert.equal(agent.process.exitCode, null);
  });

  it('to restart softly: finishes its chunk, then opens another session and renders on', async (t) => {
    const { client, id, frames, farm, agent } = await farmWithAgent(t);
    const session = async () => (await farm.context.nodes.findState(id, { consistent: true }))?.session;
    const before = await session();
    const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 2, 2_000) });
    await rendering(frames, 1);

    const { commandId } = await client.nodeSoftRestart({ id });
    const answer = await answerTo(client, id, commandId);
    const job = await untilEnded(client, jobId);

    assert.ok(answer.ok);
    assert.notEqual(await session(), before);
    assert.equal(agent.said().match(/registered as node/g)?.length, 2);
    assert.deepEqual([job.status, job.counts.completed], ['completed', 2]);
    // The second chunk may have been pushed to it before it registered again: that costs it nothing.
    const { attempts } = await client.chunkGetHistory({ jobId });
    assert.deepEqual(
      attempts.filter(({ chunkId }) => chunkId === 1).map(({ outcome }) => outcome),
      ['completed'],
    );
    assert.equal((await client.chunkGet({ jobId, chunkId: 2 })).chunk.requeueCount, 0);
  });

  it('to measure itself afresh: programs installed since are seen', async (t) => {
    const programs = aFolder(t);
    const path = `PATH=${programs}:${process.env['PATH']}`;
    const { client, id } = await farmWithAgent(t, { within: ['env', path] });
    const found = async () => {
      const { software } = (await client.nodeGet({ id })).node;
      return software.find(({ name }) => name === 'blender')?.version;
    };
    assert.equal(await found(), undefined);
    writeFileSync(join(programs, 'blender'), '#!/bin/sh\necho Blender 99.1.2\n');
    chmodSync(join(programs, 'blender'), 0o755);

    const { commandId } = await client.nodeForceUpdate({ id });
    const answer = await answerTo(client, id, commandId);

    assert.ok(answer.ok);
    assert.equal(await found(), '99.1.2');
  });

  it('a message: at once, with all others, or when it comes back', async (t) => {
    const { client, id, agent, startAgent } = await farmWithAgent(t);
    const other = startAgent('beta');
    const otherId = await idleNode(client, 'beta');

    const one = await client.sendMessageToNode({ id, message: 'licences are back', templateId: 43 });
    await says(agent, 'alpha: message for template 43: licences are back\n');
    const all = await client.sendMessageToNode({ id: -1, message: 'lights out', brodcast: true });
    await says(agent, 'alpha: message: lights out\n');
    await says(other, 'beta: message: lights out\n');
    other.process.kill('SIGTERM');
    await nodeIs(client, otherId, 'offline');
    const later = await client.sendMessageToNode({ id: otherId, message: 'welcome back' });
    await says(startAgent('beta'), 'beta: message: welcome back\n');

    assert.deepEqual([one.delivery, one.nodeCount], ['sent', 1]);
    assert.deepEqual([all.delivery, all.nodeCount], ['sent', 2]);
    assert.equal(later.delivery, 'waits');
    assert.ok(!other.said().includes('licences are back'));
  });

  it('to wake another machine of its network, with a magic packet', async (t) => {
    const packets = await magicPackets(t);
    if (packets === undefined) return t.skip(NO_PACKETS);
    const { client, agent, startAgent, id } = await farmWithAgent(t);
    const sleeper = startAgent('beta');
    const sleeperId = await idleNode(client, 'beta');
    sleeper.process.kill('SIGTERM');
    await nodeIs(client, sleeperId, 'offline');

    const [sent] = (await client.nodeWake({ id: sleeperId })).sent;

    await packets.for(packets.mac);
    assert.equal(sent?.byNodeId, id);
    assert.ok((await answerTo(client, id, sent.commandId)).ok);
    await says(agent, `alpha: woke ${packets.mac}\n`);
  });

  it('to wake a machine of a pool that has never registered', async (t) => {
    const packets = await magicPackets(t);
    if (packets === undefined) return t.skip(NO_PACKETS);
    const { client, id } = await farmWithAgent(t);
    const mac = '02:00:5e:00:53:01';
    await client.poolAdd({ pool: { name: 'asleep', wakeAddresses: [{ mac, subnet: packets.cidr }] } });

    const { sent, unreached } = await client.nodeWake({ pool: 'asleep' });

    await packets.for(mac);
    const [{ commandId, ...packet } = { commandId: '' }] = sent;
    assert.deepEqual([packet, unreached], [{ mac, nodeIds: [], byNodeId: id }, []]);
    assert.ok((await answerTo(client, id, commandId)).ok);
  });

  it('nothing that needs it at once while it is offline', async (t) => {
    const { client, id, agent } = await farmWithAgent(t, { arguments: ['--allow-python'] });
    agent.process.kill('SIGTERM');
    await nodeIs(client, id, 'offline');

    for (const call of [
      () => client.nodeForceUpdate({ id }),
      () => client.nodeSoftRestart({ id }),
      () => client.nodeSendSystemEvent({ id, event: 'reboot' }),
      () => client.nodeRunPythonCode({ id, code: '1' }),
    ]) {
      await assert.rejects(call(), { code: 'transition-refused' });
    }
    const { delivery } = await client.nodeSetProcessPriority({ id, priority: 'low' });
    assert.equal(delivery, 'waits');
  });
});
