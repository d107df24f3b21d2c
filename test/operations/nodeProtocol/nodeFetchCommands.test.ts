import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertUnchanged } from '../../support/farmState.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodeFetchCommands', () => {
  it('gives what waits for the node that asks, oldest first, as often as it asks', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await farm.admin.nodeForceUpdate({ id: beta.id });
    const sent = [];
    for (const event of ['shutdown', 'reboot', 'restart-agent'] as const) {
      const { commandId } = await farm.admin.nodeSendSystemEvent({ id: alpha.id, event });
      sent.push({ commandId, command: { kind: 'system-event', event } });
      farm.clock.advance(1);
    }

    for (const _ of ['first', 'second']) {
      const { commands } = await assertUnchanged(farm, () =>
        alpha.client.nodeFetchCommands({ session: alpha.session }),
      );
      assert.deepEqual(commands, sent);
    }
  });

  it('gives everything, however much waits', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    // Together more than one page of the store.
    const code = '#'.repeat(65_536);
    for (let count = 0; count < 20; count += 1) {
      await farm.admin.nodeRunPythonCode({ id: node.id, code });
    }

    const { commands } = await node.client.nodeFetchCommands({ session: node.session });

    assert.equal(commands.length, 20);
  });

  it('gives a command for an hour', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.nodeForceUpdate({ id: node.id });
    const count = async () =>
      (await node.client.nodeFetchCommands({ session: node.session })).commands.length;

    farm.clock.advance(3_599_000);
    const before = await count();
    farm.clock.advance(1_000);
    const after = await count();

    assert.deepEqual([before, after], [1, 0]);
  });
});
