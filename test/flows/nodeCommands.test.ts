/** Commands on their way to a node and back. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DISPATCH_QUEUE } from '../../local/farm.ts';
import { lambdaContext } from '../../local/gateway/lambda.ts';
import { aJob } from '../support/aJob.ts';
import { copyNode } from '../support/copyNode.ts';
import { type FakeNode, someCapabilities } from '../support/fakeNode.ts';
import { onEmbedded, startFarm, type TestFarm } from '../support/startFarm.ts';

const fetchCommands = async (node: FakeNode) =>
  (await node.client.nodeFetchCommands({ session: node.session })).commands;

/** What the node finds in its mailbox, as kinds. */
const mailOf = async (farm: TestFarm, node: FakeNode): Promise<string[]> => {
  const messages = await farm.queues.receive(`rollcall-node-${node.id}.fifo`, 10, 0);
  return messages.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);
};

/** Puts more nodes like one that is there into the store; answers with their ids. */
async function addCopies(farm: TestFarm, { id }: FakeNode, count: number): Promise<number[]> {
  const node = await farm.context.nodes.find(id, { consistent: true });
  const state = await farm.context.nodes.findState(id, { consistent: true });
  assert.ok(node && state);
  const ids = Array.from({ length: count }, (_, number) => 101 + number);
  for (const copy of ids) await copyNode(farm.context, copy, node, state);
  return ids;
}

describe('a command', () => {
  it('wakes its node, is given until it is answered, and its answer is read by its id', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');

    const { commandId } = await farm.admin.nodeRunPythonCode({ id: node.id, code: 'print(6 * 7)' });

    assert.deepEqual(await mailOf(farm, node), ['converge']);
    assert.equal((await node.heartbeat()).desired.commandNo, 1);
    const expected = [
      { commandId, command: { kind: 'run-python', code: 'print(6 * 7)', timeLimitSeconds: 60 } },
    ];
    assert.deepEqual(await fetchCommands(node), expected);
    assert.deepEqual(await fetchCommands(node), expected);
    assert.deepEqual(await farm.admin.nodeGetCommandAnswer({ id: node.id, commandId }), { answer: null });

    const answer = { ok: true, exitCode: 0, output: '42\n' };
    await node.client.nodeAnswerCommand({ session: node.session, commandId, ...answer });

    assert.deepEqual(await fetchCommands(node), []);
    assert.deepEqual(await farm.admin.nodeGetCommandAnswer({ id: node.id, commandId }), { answer });
  });

  it('is delivered by the same request when the first died between its writes, and once', async (t) => {
    const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
    const node = await farm.addNode('alpha');
    const request = { id: node.id, event: 'reboot', requestToken: 'reboot-of-alpha' } as const;
    farm.writes.crashAfter(2);
    await assert.rejects(farm.admin.nodeSendSystemEvent(request));
    farm.writes.calm();
    assert.equal((await node.heartbeat()).desired.commandNo, 0, 'the item is there, not yet announced');

    const { commandId } = await farm.admin.nodeSendSystemEvent(request);

    assert.equal((await node.heartbeat()).desired.commandNo, 1);
    assert.deepEqual(
      (await fetchCommands(node)).map((waiting) => waiting.commandId),
      [commandId],
    );
    await node.client.nodeAnswerCommand({
      session: node.session,
      commandId,
      ok: true,
      exitCode: 0,
      output: '',
    });
    assert.deepEqual(await farm.admin.nodeSendSystemEvent(request), { commandId });
    assert.deepEqual(await fetchCommands(node), [], 'a node is not rebooted twice by one request');
  });

  it('is announced again by the feed when the message of its sender is lost', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.nodeForceUpdate({ id: node.id });
    await farm.queues.receive(`rollcall-node-${node.id}.fifo`, 10, 0);
    // Beyond the five minutes in which the queue drops what it has seen.
    farm.clock.advance(301_000);
    await node.heartbeat();

    await farm.drain();

    assert.ok((await mailOf(farm, node)).includes('converge'));
  });

  it('that makes no sense later is refused for a node that is offline, one that does waits an hour', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.leave();

    await assert.rejects(farm.admin.nodeSoftRestart({ id: node.id }), { code: 'transition-refused' });
    assert.equal(
      (await farm.admin.nodeSetProcessPriority({ id: node.id, priority: 'low' })).delivery,
      'waits',
    );
    assert.equal((await farm.admin.sendMessageToNode({ id: node.id, message: 'hello' })).delivery, 'waits');

    const back = await farm.addNode('alpha');
    assert.equal((await back.heartbeat()).desired.processPriority, 'low');
    assert.deepEqual(
      (await fetchCommands(back)).map(({ command }) => command),
      [{ kind: 'message', templateId: 0, text: 'hello' }],
    );
    farm.clock.advance(3_600_000);
    assert.deepEqual(await fetchCommands(back), []);
  });

  onEmbedded(
    'reaches a thousand nodes in one call, which writes nothing for each of them itself',
    async (t) => {
      const farm = await startFarm(t);
      const first = await farm.addNode('node-1');
      const gone = await farm.addNode('gone');
      await gone.leave();
      const ids = [first.id, ...(await addCopies(farm, first, 999))];
      await farm.drain();
      farm.takeUse();

      const sent = await farm.admin.sendMessageToNode({ id: -1, message: 'lunch', brodcast: true });
      const call = farm.takeUse();
      await farm.drain();
      const delivery = farm.takeUse();

      assert.deepEqual([sent.delivery, sent.nodeCount], ['sent', 1_000]);
      // Two for the request token, one for the action log and one for the first line of its day.
      assert.ok(call.writeUnits <= 4, `${call.writeUnits} W, whatever the number of nodes`);
      assert.equal(delivery.writeUnits, 2_000, 'for each node its command and the number that announces it');
      const expected = [
        { commandId: sent.commandId, command: { kind: 'message', templateId: 0, text: 'lunch' } },
      ];
      for (const id of ids) assert.deepEqual([id, await farm.context.commands.waiting(id)], [id, expected]);
      assert.deepEqual(await farm.context.commands.waiting(gone.id), []);
      assert.deepEqual(await mailOf(farm, first), ['converge']);
      assert.deepEqual(await fetchCommands(first), expected);
    },
  );

  onEmbedded(
    'that the dispatch queue delivers twice is not given again to a node that has answered it',
    async (t) => {
      const farm = await startFarm(t);
      const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
      const { commandId } = await farm.admin.sendMessageToNode({ id: -1, message: 'lunch', brodcast: true });
      const [message] = await farm.queues.receive(DISPATCH_QUEUE, 10, 0);
      assert.ok(message);
      await farm.drain();
      const { session } = alpha;
      await alpha.client.nodeAnswerCommand({ session, commandId, ok: true, exitCode: null, output: '' });

      const event = { Records: [{ messageId: 'again', body: message.body }] } as never;
      await farm.sources.dispatch(event, lambdaContext('dispatch', farm.clock));

      assert.deepEqual(await fetchCommands(alpha), []);
      assert.equal((await fetchCommands(beta)).length, 1);
    },
  );
});

describe('the real-time log', () => {
  it('is read in order while the process runs, whatever is sent twice, late or never', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    await farm.admin.nodeSetRealtimeLog({ id: node.id, status: true });
    assert.equal((await node.heartbeat()).desired.realtimeLog, true);
    const send = (offset: number, text: string) =>
      node.client.nodeSendLog({ session: node.session, attempt, offset, text });
    const seen: [number, string][] = [];
    const read = async (after: number): Promise<number> => {
      const { from, text, next } = await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1, after });
      if (text !== '') seen.push([from, text]);
      return next;
    };

    await send(0, 'frame 1\n');
    let next = await read(0);
    await send(0, 'frame 1\n');
    await send(8, 'frame 2\n');
    next = await read(next);
    await send(24, 'frame 4\n');
    next = await read(next);
    next = await read(next);
    await node.report({ wantsNext: false });
    await assert.rejects(send(32, 'frame 5\n'), { code: 'stale-attempt' });
    await read(next);

    assert.deepEqual(seen, [
      [0, 'frame 1\n'],
      [8, 'frame 2\n'],
      [24, 'frame 4\n'],
    ]);
  });
});

describe('waking', () => {
  it('asks a node on the same wire for a magic packet', async (t) => {
    const farm = await startFarm(t);
    const on = (cidr: string, mac: string) => ({
      capabilities: { ...someCapabilities, interfaces: [{ mac, cidr }] },
    });
    await farm.addNode('elsewhere', on('10.0.8.4/24', '02:00:00:00:00:01'));
    const helper = await farm.addNode('helper', on('10.0.7.4/24', '02:00:00:00:00:02'));
    const sleeper = await farm.addNode('sleeper', on('10.0.7.9/24', '02:00:00:00:00:03'));
    await sleeper.leave();

    const [sent] = (await farm.admin.nodeWake({ id: sleeper.id })).sent;
    assert.ok(sent);
    const { byNodeId, commandId } = sent;

    assert.equal(byNodeId, helper.id);
    assert.deepEqual(await fetchCommands(helper), [
      { commandId, command: { kind: 'wake', mac: '02:00:00:00:00:03', broadcastAddress: '10.0.7.255' } },
    ]);
    await helper.leave();
    await assert.rejects(farm.admin.nodeWake({ id: sleeper.id }), { code: 'transition-refused' });
  });
});
