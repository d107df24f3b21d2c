import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';
import { answerCommand, itDid } from './answerCommand.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall nodes priority and log', () => {
  it('set what a node is to be, and say whether it has it already', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const online = await rollcall.run(['nodes', 'priority', 'alpha', 'low']);
    const log = await rollcall.run(['nodes', 'log', 'alpha', 'on']);
    const { desired } = await node.heartbeat();
    await node.leave();
    const offline = await rollcall.run(['nodes', 'priority', 'alpha', 'high']);
    const json = await rollcall.json(['nodes', 'log', 'alpha', 'off']);
    const wrong = await rollcall.run(['nodes', 'priority', 'alpha', 'highest']);

    assert.equal(online.stdout, 'The processes of node alpha have priority low.\n');
    assert.equal(log.stdout, 'The real-time log of node alpha is on.\n');
    assert.deepEqual([desired.processPriority, desired.realtimeLog], ['low', true]);
    assert.equal(
      offline.stdout,
      'The processes of node alpha have priority high. It is offline and takes it when it comes back.\n',
    );
    assert.deepEqual(json, { id: node.id, delivery: 'waits' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /low, below-normal, normal, above-normal, high/);
  });
});

describe('rollcall nodes update, restart and event', () => {
  it('wait for the answer of each node and end with 8 when one did not do it', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const alpha = await farm.addNode('alpha');
    const beta = await farm.addNode('beta');

    const updating = rollcall.run(['nodes', 'update', 'alpha', 'beta', 'gamma']);
    const asked = await Promise.all([
      answerCommand(alpha, itDid),
      answerCommand(beta, { ok: false, exitCode: null, output: 'the disk is full' }),
    ]);
    const updated = await updating;
    const restarting = rollcall.run(['nodes', 'restart', 'alpha']);
    const restart = await answerCommand(alpha, { ...itDid, output: 'registers again' });

    assert.deepEqual(asked, [{ kind: 'force-update' }, { kind: 'force-update' }]);
    assert.equal(updated.stdout, 'Node alpha: done.\n');
    assert.match(
      updated.stderr,
      /^rollcall: node beta did not do it: the disk is full\nrollcall: There is no node/,
    );
    assert.equal(updated.code, 3);
    assert.deepEqual(restart, { kind: 'soft-restart' });
    assert.equal((await restarting).stdout, 'Node alpha: registers again\n');
  });

  it('send a system event only when told so', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const unasked = await rollcall.run(['nodes', 'event', 'alpha', 'reboot']);
    const waiting = await node.client.nodeFetchCommands({ session: node.session });
    const sending = rollcall.run(['nodes', 'event', 'alpha', 'reboot', '--yes']);
    const command = await answerCommand(node, { ok: false, exitCode: null, output: 'no command for reboot' });
    const refused = await sending;

    assert.equal(unasked.code, 2);
    assert.match(unasked.stderr, /^rollcall: nothing was sent: .*--yes.*\n$/);
    assert.deepEqual(waiting.commands, []);
    assert.deepEqual(command, { kind: 'system-event', event: 'reboot' });
    assert.deepEqual([refused.code, refused.stdout], [8, '']);
    assert.equal(refused.stderr, 'rollcall: node alpha did not do it: no command for reboot\n');
  });

  it('do not wait when told so, and refuse a node that is offline', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const sent = await rollcall.run(['nodes', 'update', 'alpha', '--no-wait']);
    await node.leave();
    const offline = await rollcall.run(['nodes', 'update', 'alpha']);

    assert.deepEqual([sent.code, sent.stdout], [0, 'Node alpha: sent.\n']);
    assert.equal(offline.code, 6);
    assert.match(offline.stderr, /offline/);
  });
});

describe('rollcall nodes python', () => {
  it('prints what the code wrote', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');
    const file = join(rollcall.config, 'code.py');
    writeFileSync(file, 'print(42)\n');

    const running = rollcall.run(['nodes', 'python', 'alpha', file, '--time-limit', '5']);
    const command = await answerCommand(node, { ok: true, exitCode: 0, output: '42\n' });
    const { code, stdout, stderr } = await running;

    assert.deepEqual(command, { kind: 'run-python', code: 'print(42)\n', timeLimitSeconds: 5 });
    assert.deepEqual([code, stdout, stderr], [0, '42\n', '']);
  });

  it('ends with 8 when the code failed or was not run', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const failing = rollcall.run(['nodes', 'python', 'alpha'], { input: 'x' });
    await answerCommand(node, { ok: false, exitCode: 1, output: 'NameError\n' });
    const failed = await failing;
    const refusing = rollcall.run(['nodes', 'python', 'alpha', '-'], { input: 'x' });
    await answerCommand(node, { ok: false, exitCode: null, output: 'it runs no Python' });
    const refused = await refusing;
    const empty = await rollcall.run(['nodes', 'python', 'alpha', '-']);

    assert.deepEqual([failed.code, failed.stdout], [8, 'NameError\n']);
    assert.equal(failed.stderr, 'rollcall: the code ended with exit code 1 on node alpha\n');
    assert.deepEqual([refused.code, refused.stdout], [8, '']);
    assert.match(refused.stderr, /node alpha did not run the code to its end: it runs no Python\n$/);
    assert.equal(empty.code, 2);
  });
});

describe('rollcall nodes message and wake', () => {
  it('say to whom a message goes, and whether it waits', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const alpha = await farm.addNode('alpha');
    const beta = await farm.addNode('beta');

    const sent = await rollcall.run(['nodes', 'message', 'alpha', 'out at six']);
    const received = await answerCommand(alpha, itDid);
    await beta.leave();
    const waits = await rollcall.run(['nodes', 'message', 'beta', 'out at six']);
    const all = await rollcall.run(['nodes', 'message', '--all', 'all out']);
    await farm.drain();
    const broadcast = await answerCommand(alpha, itDid);
    const wrong = await rollcall.run(['nodes', 'message', '--all', 'all', 'out']);

    assert.equal(sent.stdout, 'Sent the message to node alpha.\n');
    assert.deepEqual(received, { kind: 'message', templateId: 0, text: 'out at six' });
    assert.equal(waits.stdout, 'The message waits for node beta, which is offline.\n');
    assert.equal(all.stdout, 'Sent the message to 1 node.\n');
    assert.deepEqual(broadcast, { kind: 'message', templateId: 0, text: 'all out' });
    assert.equal(wrong.code, 2);
  });

  it('wake a node by another one of its subnet', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const at = (cidr: string) => ({
      capabilities: { interfaces: [{ mac: '02:00:00:00:00:01', cidr }] },
    });
    const sleeper = await farm.addNode('sleeper', at('10.0.7.12/24'));
    const helper = await farm.addNode('helper', at('10.0.7.13/24'));
    await sleeper.leave();

    const waking = rollcall.run(['nodes', 'wake', 'sleeper']);
    const command = await answerCommand(helper, itDid);
    const awake = await rollcall.run(['nodes', 'wake', 'helper']);

    assert.deepEqual(command, {
      kind: 'wake',
      mac: '02:00:00:00:00:01',
      broadcastAddress: '10.0.7.255',
    });
    assert.equal((await waking).stdout, 'Node helper has sent a magic packet to node sleeper.\n');
    assert.equal(awake.code, 6);
  });

  it('wake all of a pool that is asleep, and end with 6 when some of it cannot be woken', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const at = (last: number, pools: readonly string[]) => ({
      pools,
      capabilities: { interfaces: [{ mac: `02:00:00:00:00:0${last}`, cidr: `10.0.7.${last}/24` }] },
    });
    const helper = await farm.addNode('helper', at(1, ['night', 'awake']));
    for (const [index, pools] of [['night'], ['night'], ['day']].entries()) {
      await (await farm.addNode(`sleeper-${index}`, at(index + 2, pools))).leave();
    }
    await (await farm.addNode('bare', { pools: ['day'] })).leave();
    await farm.admin.poolAdd({
      pool: { name: 'night', wakeAddresses: [{ mac: '02:00:00:00:00:09', subnet: '10.0.7.0/24' }] },
    });
    await farm.admin.poolConfigure({
      pool: { name: 'day', wakeAddresses: [{ mac: '02:00:00:00:00:08', subnet: '10.0.8.0/24' }] },
    });

    const woken = await rollcall.run(['nodes', 'wake', '--pool', 'night']);
    const { commands } = await helper.client.nodeFetchCommands({ session: helper.session });
    const partly = await rollcall.run(['nodes', 'wake', '--pool', 'day']);
    const awake = await rollcall.run(['nodes', 'wake', '--pool', 'awake']);
    const nobody = await rollcall.run(['nodes', 'wake', '--pool', 'noon']);
    const both = await rollcall.run(['nodes', 'wake', 'sleeper-0', '--pool', 'night']);

    assert.equal(
      woken.stdout,
      'Node helper is told to wake nodes sleeper-0, sleeper-1 and 02:00:00:00:00:09.\n',
    );
    assert.deepEqual([woken.code, woken.stderr], [0, '']);
    assert.deepEqual(commands.map(({ command }) => command.kind === 'wake' && command.mac).sort(), [
      '02:00:00:00:00:02',
      '02:00:00:00:00:03',
      '02:00:00:00:00:09',
    ]);
    assert.deepEqual([partly.code, partly.stdout], [6, 'Node helper is told to wake node sleeper-2.\n']);
    assert.equal(
      partly.stderr,
      'rollcall: cannot wake node bare: it has told no network address\n' +
        'rollcall: cannot wake 02:00:00:00:00:08: no node that is online is in subnet 10.0.8.0/24\n',
    );
    assert.deepEqual([awake.code, awake.stdout], [0, '']);
    assert.equal(awake.stderr, 'Nothing of pool awake is to be woken: all that it names is online.\n');
    assert.deepEqual([nobody.code, both.code], [3, 2]);
  });
});
