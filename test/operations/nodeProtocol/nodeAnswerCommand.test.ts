import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../../support/startFarm.ts';

const answer = { ok: false, exitCode: 3, output: 'no such module' };

describe('nodeAnswerCommand', () => {
  it('keeps what the node says and gives the command no more, also when it is sent twice', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { session } = node;
    const { commandId } = await farm.admin.nodeRunPythonCode({ id: node.id, code: 'import nothing' });
    const { commandId: other } = await farm.admin.nodeForceUpdate({ id: node.id });

    for (const _ of ['first', 'second'])
      await node.client.nodeAnswerCommand({ session, commandId, ...answer });

    const { commands } = await node.client.nodeFetchCommands({ session });
    assert.deepEqual(commands, [{ commandId: other, command: { kind: 'force-update' } }]);
    assert.deepEqual(await farm.admin.nodeGetCommandAnswer({ id: node.id, commandId }), { answer });
  });

  it('keeps the answer of a program that ran longer than its command waited', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { session } = node;
    const { commandId } = await farm.admin.nodeRunPythonCode({ id: node.id, code: 'pass' });
    farm.clock.advance(3_600_000);

    await node.client.nodeAnswerCommand({ session, commandId, ...answer });

    assert.deepEqual(await farm.admin.nodeGetCommandAnswer({ id: node.id, commandId }), { answer });
  });

  it('leaves the command of another node alone', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const { commandId } = await farm.admin.nodeForceUpdate({ id: alpha.id });

    await beta.client.nodeAnswerCommand({ session: beta.session, commandId, ...answer });

    assert.deepEqual(await farm.admin.nodeGetCommandAnswer({ id: alpha.id, commandId }), { answer: null });
    const { commands } = await alpha.client.nodeFetchCommands({ session: alpha.session });
    assert.equal(commands.length, 1);
  });
});
