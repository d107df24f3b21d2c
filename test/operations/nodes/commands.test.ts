/** Commands that a node carries out once, and what is heard of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operations } from '../../../client/src/generated.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

type Name = 'nodeForceUpdate' | 'nodeSoftRestart' | 'nodeSendSystemEvent' | 'nodeRunPythonCode';

const cases: readonly { [N in Name]: readonly [N, Omit<Operations[N]['input'], 'id'>, object] }[Name][] = [
  ['nodeForceUpdate', {}, { kind: 'force-update' }],
  ['nodeSoftRestart', {}, { kind: 'soft-restart' }],
  ['nodeSendSystemEvent', { event: 'shutdown' }, { kind: 'system-event', event: 'shutdown' }],
  [
    'nodeRunPythonCode',
    { code: 'print(1)', timeLimitSeconds: 5 },
    { kind: 'run-python', code: 'print(1)', timeLimitSeconds: 5 },
  ],
  ['nodeRunPythonCode', { code: 'pass' }, { kind: 'run-python', code: 'pass', timeLimitSeconds: 60 }],
];

for (const [name, input, command] of cases) {
  describe(`${name} with ${JSON.stringify(input)}`, () => {
    it('gives the command to a node that is online, and tells its number with the next heartbeat', async (t) => {
      const farm = await startFarm(t);
      const node = await farm.addNode('alpha');
      const call = farm.admin[name] as (input: object) => Promise<{ commandId: string }>;

      const { commandId } = await call({ id: node.id, ...input });

      assert.equal((await node.heartbeat()).desired.commandNo, 1);
      const { commands } = await node.client.nodeFetchCommands({ session: node.session });
      assert.deepEqual(commands, [{ commandId, command }]);
    });
  });
}

const inputs: { readonly [N in Name]: (id: number) => Operations[N]['input'] } = {
  nodeForceUpdate: (id) => ({ id }),
  nodeSoftRestart: (id) => ({ id }),
  nodeSendSystemEvent: (id) => ({ id, event: 'reboot' }),
  nodeRunPythonCode: (id) => ({ id, code: 'pass' }),
};
/** Written out, so that the codes of each operation can be read here. */
const offline: readonly [Name, 'transition-refused'][] = [
  ['nodeForceUpdate', 'transition-refused'],
  ['nodeSoftRestart', 'transition-refused'],
  ['nodeSendSystemEvent', 'transition-refused'],
  ['nodeRunPythonCode', 'transition-refused'],
];
const unknown: readonly [Name, 'not-found'][] = [
  ['nodeForceUpdate', 'not-found'],
  ['nodeSoftRestart', 'not-found'],
  ['nodeSendSystemEvent', 'not-found'],
  ['nodeRunPythonCode', 'not-found'],
];

describe('a command that must be carried out now', () => {
  it('is refused for a node that is offline', async (t) => {
    const farm = await startFarm(t);
    const { id, leave } = await farm.addNode('alpha');
    await leave();

    for (const [name, code] of offline) {
      const details = { what: 'node', id, from: 'offline', event: name, rule: 'it is offline' };
      await assertRefusedWhole(farm, name, code, details, inputs[name](id));
    }
  });

  it('is refused for a node that is not there', async (t) => {
    const farm = await startFarm(t);

    for (const [name, code] of unknown)
      await assertRefusedWhole(farm, name, code, { what: 'node', id: 999 }, inputs[name](999));
  });
});

describe('nodeGetCommandAnswer', () => {
  it('tells nothing yet, then what the node said, for a day', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { commandId } = await farm.admin.nodeRunPythonCode({ id: node.id, code: 'print(1)' });
    const read = () => farm.admin.nodeGetCommandAnswer({ id: node.id, commandId });
    const answer = { ok: true, exitCode: 0, output: '1\n' };

    const before = await read();
    await node.client.nodeAnswerCommand({ session: node.session, commandId, ...answer });
    const after = await read();
    farm.clock.advance(86_399_000);
    const late = await read();
    farm.clock.advance(1_000);

    assert.deepEqual(before, { answer: null });
    assert.deepEqual(after, { answer });
    assert.deepEqual(late, { answer });
    await assert.rejects(read(), { code: 'not-found' });
  });

  it('refuses a command that was not sent, also one of another node', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const { commandId } = await farm.admin.nodeForceUpdate({ id: alpha.id });

    for (const asked of [
      { id: alpha.id, commandId: 'made-up' },
      { id: beta.id, commandId },
      { id: 999, commandId },
    ])
      await assertRefusedWhole(
        farm,
        'nodeGetCommandAnswer',
        'not-found',
        { what: `command of node ${asked.id}`, id: asked.commandId },
        asked,
      );
  });
});
