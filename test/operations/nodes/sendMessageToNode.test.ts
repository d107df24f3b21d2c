import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

const messagesOf = async ({ client, session }: FakeNode) =>
  (await client.nodeFetchCommands({ session })).commands.map(({ command }) => command);

describe('sendMessageToNode', () => {
  it('sends a message to one node', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];

    const { delivery, nodeCount } = await farm.admin.sendMessageToNode({
      id: alpha.id,
      templateId: 43,
      message: 'licences are back',
    });

    assert.deepEqual([delivery, nodeCount], ['sent', 1]);
    assert.deepEqual(await messagesOf(alpha), [
      { kind: 'message', templateId: 43, text: 'licences are back' },
    ]);
    assert.deepEqual(await messagesOf(beta), []);
  });

  it('lets a message wait an hour for a node that is offline', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.leave();

    const { delivery } = await farm.admin.sendMessageToNode({ id: node.id, message: 'welcome back' });
    farm.clock.advance(3_599_000);
    const back = await farm.addNode('alpha');
    const heard = await messagesOf(back);
    farm.clock.advance(1_000);

    assert.equal(delivery, 'waits');
    assert.deepEqual(heard, [{ kind: 'message', templateId: 0, text: 'welcome back' }]);
    assert.deepEqual(await messagesOf(back), []);
  });

  it('sends it to all that are online with `brodcast`', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const gone = await farm.addNode('gone');
    await gone.leave();

    const sent = await farm.admin.sendMessageToNode({ id: -1, message: 'lunch', brodcast: true });
    await farm.drain();

    assert.deepEqual([sent.delivery, sent.nodeCount], ['sent', 2]);
    for (const node of [alpha, beta]) {
      assert.deepEqual(await messagesOf(node), [{ kind: 'message', templateId: 0, text: 'lunch' }]);
    }
    assert.deepEqual(await farm.context.commands.waiting(gone.id), []);
  });

  it('is fine with nobody online', async (t) => {
    const farm = await startFarm(t);

    const { nodeCount } = await farm.admin.sendMessageToNode({ id: -1, message: 'lunch', brodcast: true });

    assert.equal(nodeCount, 0);
  });

  it('refuses a node that is not there, and no node at all', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(
      farm,
      'sendMessageToNode',
      'not-found',
      { what: 'node', id: 999 },
      { id: 999, message: 'x' },
    );
    await assertRefusedWhole(
      farm,
      'sendMessageToNode',
      'invalid-input',
      { field: 'id', rule: 'must be a node unless brodcast is true; it is -1' },
      { id: -1, message: 'x' },
    );
  });
});
