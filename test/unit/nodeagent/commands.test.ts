import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CommandAnswer } from '../../../nodeagent/src/ports.ts';
import { aDesiredState, anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

const done: CommandAnswer = { ok: true, exitCode: null, output: '' };
const restarted: CommandAnswer = {
  ok: false,
  exitCode: null,
  output: 'the agent was restarted while it ran',
};

const python = (code: string, timeLimitSeconds = 60) =>
  ({ kind: 'run-python', code, timeLimitSeconds }) as const;
const message = (text: string, templateId = 0) => ({ kind: 'message', text, templateId }) as const;

suite('commands', { timeout: 20_000 }, () => {
  test('are fetched when the node sees a new number, and not otherwise', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    await farm.pass(120);
    assert.equal(farm.called('nodeFetchCommands').length, 0);

    farm.change({});
    await farm.pass(120);

    assert.equal(farm.called('nodeFetchCommands').length, 1);
  });

  test('that were sent to an earlier session are fetched after register', async () => {
    const farm = new ScriptedFarm();
    farm.desired = aDesiredState({ commandNo: 4 });
    farm.commands = [{ commandId: 'c1', command: message('welcome back') }];

    await farm.startIdle();
    await farm.until(() => farm.answered('c1').length === 1);

    assert.ok(farm.said.includes('message: welcome back'));
  });

  test('are carried out while a chunk runs, oldest first', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.commands = ['first', 'second', 'third'].map((text) => ({ commandId: text, command: message(text) }));

    farm.change({});
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(
      farm.said.filter((line) => line.startsWith('message')),
      ['message: first', 'message: second', 'message: third'],
    );
    assert.ok(!run.isKilled);
  });

  test('are noted before they are begun, and answered until the dispatcher has heard it', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeAnswerCommand', unreachable(), refusal('try-again'), refusal('internal'));
    let noted: unknown;
    farm.python = async () => {
      noted = farm.notes.get('c1');
      return done;
    };
    await farm.startIdle();

    farm.command('c1', python('1'));
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(noted, { state: 'begun' });
    assert.equal(farm.answered('c1').length, 4);
    assert.deepEqual(farm.notes.get('c1'), { state: 'answered' });
  });

  test('that an earlier agent had begun are answered so, and begun by none again', async () => {
    const farm = new ScriptedFarm();
    farm.notes.set('c1', { state: 'begun' });
    farm.python = async () => assert.fail('begun again');
    farm.desired = aDesiredState({ commandNo: 1 });
    farm.commands = [{ commandId: 'c1', command: python('1') }];

    await farm.startIdle();
    await farm.until(() => farm.answered('c1').length === 1);

    assert.deepEqual(farm.answered('c1'), [restarted]);
  });

  test('that an earlier agent had carried out are answered with what came of them', async () => {
    const farm = new ScriptedFarm();
    const answer = { ok: false, exitCode: 3, output: 'traceback' };
    farm.notes.set('c1', { state: 'carried-out', answer });
    farm.desired = aDesiredState({ commandNo: 1 });
    farm.commands = [{ commandId: 'c1', command: python('1') }];

    await farm.startIdle();
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(farm.answered('c1'), [answer]);
  });

  test('that were answered are neither begun nor answered again when they are listed once more', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    farm.command('c1', message('once'));
    await farm.until(() => farm.commands.length === 0);

    farm.command('c1', message('once'));
    await farm.pass(60);

    assert.equal(farm.said.filter((line) => line === 'message: once').length, 1);
    assert.equal(farm.answered('c1').length, 1);
  });

  test('that cannot be noted are not begun', async () => {
    const farm = new ScriptedFarm();
    farm.noteError = new Error('ENOSPC: no space left on device');
    farm.python = async () => assert.fail('begun');
    await farm.startIdle();

    farm.command('c1', python('1'));
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(farm.answered('c1'), [
      {
        ok: false,
        exitCode: null,
        output: 'not begun, because it cannot be noted on disk: ENOSPC: no space left on device',
      },
    ]);
  });

  test('are fetched again when the dispatcher does not answer', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeFetchCommands', unreachable(), refusal('no-such-operation'));
    await farm.startIdle();

    farm.command('c1', message('hello'));
    await farm.until(() => farm.commands.length === 0);

    assert.equal(farm.called('nodeFetchCommands').length, 3);
  });

  test('are answered in the next session when theirs is lost', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeAnswerCommand', refusal('session-replaced'));
    await farm.startIdle();
    farm.command('c1', message('hello'));
    await farm.until(() => farm.answered('c1').length === 1);
    farm.answer('nodeHeartbeat', refusal('session-replaced'));

    farm.send({ kind: 'converge' });
    await farm.until(() => farm.commands.length === 0);

    assert.equal(farm.called('nodeAnswerCommand').at(-1)?.input.session, 's2');
    assert.equal(farm.said.filter((line) => line === 'message: hello').length, 1);
  });
});

suite('the command', { timeout: 20_000 }, () => {
  test('message is one line, whatever is in it', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.command('c1', message('update\nrender-2: left\u001b[31m', 43));
    await farm.until(() => farm.commands.length === 0);

    assert.ok(farm.said.includes('message for template 43: update render-2: left [31m'));
    assert.deepEqual(farm.answered('c1'), [done]);
  });

  test('force-update tells what the machine is and does now, before it is answered', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeUpdate', unreachable());
    await farm.startIdle();

    farm.command('c1', { kind: 'force-update' });
    await farm.until(() => farm.commands.length === 0);

    const [first, second] = farm.called('nodeUpdate').map(({ input }) => input);
    assert.deepEqual(first, second);
    assert.deepEqual(first.capabilities.software, [{ name: 'povray', version: '3.7.1' }]);
    assert.deepEqual(first.load, { cpu: 50, freeMemoryMb: 8_000, freeDiskMb: 90_000 });
    assert.deepEqual(farm.answered('c1'), [done]);
  });

  test('force-update that the dispatcher refuses is answered so', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeUpdate', refusal('invalid-input'));
    await farm.startIdle();

    farm.command('c1', { kind: 'force-update' });
    await farm.until(() => farm.commands.length === 0);

    assert.equal(farm.answered('c1')[0]?.ok, false);
  });

  test('soft-restart lets an idle node measure its machine and register again', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.command('c1', { kind: 'soft-restart' });
    await farm.until(() => farm.called('nodeRegister').length === 2);
    await farm.until(() => farm.called('nodeClaim').length === 2);

    assert.deepEqual(farm.answered('c1'), [done]);
    assert.equal(farm.measurements, 1);
    assert.equal(farm.called('nodeClaim')[1]?.input.session, 's2');
    await farm.pass(600);
    assert.equal(farm.called('nodeRegister').length, 2);
  });

  test('soft-restart waits for the chunk that runs, which asks for no other', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());

    farm.command('c1', { kind: 'soft-restart' });
    await farm.pass(60);
    assert.deepEqual(farm.answered('c1'), [done]);
    assert.equal(farm.called('nodeRegister').length, 1);
    run.finish();
    await farm.until(() => farm.called('nodeRegister').length === 2);

    assert.deepEqual(
      farm.called('nodeReport').map(({ input }) => [input.outcome, input.wantsNext, input.session]),
      [['completed', false, 's1']],
    );
    assert.ok(!run.isKilled);
  });

  test('a farm that was restarted lets an idle node register again, once', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.change({ farmRevision: 1 });
    // Whoever answers first has not heard of it yet.
    farm.answer('nodeRegister', {
      nodeId: 1,
      session: 's2',
      token: 't2',
      desired: { ...farm.desired, farmRevision: 0 },
    });
    await farm.until(() => farm.called('nodeRegister').length === 2);
    await farm.pass(600);

    assert.equal(farm.called('nodeRegister').length, 2);
    assert.equal(farm.called('nodeClaim')[1]?.input.session, 's2');
  });

  test('a farm that was restarted waits for the chunk that runs', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());

    farm.change({ farmRevision: 1 });
    await farm.pass(60);
    assert.equal(farm.called('nodeRegister').length, 1);
    run.finish();
    await farm.until(() => farm.called('nodeRegister').length === 2);

    assert.deepEqual(
      farm.called('nodeReport').map(({ input }) => [input.outcome, input.wantsNext, input.session]),
      [['completed', false, 's1']],
    );
    assert.ok(!run.isKilled);
  });

  test('soft-restart that comes while the node claims lets it run what it is given first', async () => {
    const farm = new ScriptedFarm();
    const claimed = Promise.withResolvers<object>();
    farm.answer('nodeClaim', claimed.promise);
    farm.start();
    await farm.until(() => farm.called('nodeClaim').length === 1);
    farm.command('c1', { kind: 'soft-restart' });
    await farm.until(() => farm.commands.length === 0);

    claimed.resolve({ work: anOrder(), desired: farm.desired });
    const run = await farm.nextRun();
    assert.equal(farm.called('nodeRegister').length, 1);
    run.finish();
    await farm.until(() => farm.called('nodeRegister').length === 2);

    assert.equal(farm.called('nodeReport').length, 1);
  });

  test('system-event without a configured command is refused and does nothing', async () => {
    const farm = new ScriptedFarm();
    farm.systemCommands = { shutdown: ['poweroff'] };
    const run = await farm.startWorking(anOrder());

    farm.command('c1', { kind: 'system-event', event: 'reboot' });
    await farm.pass(60);

    assert.deepEqual(farm.answered('c1'), [
      { ok: false, exitCode: null, output: 'no command is configured for reboot' },
    ]);
    assert.ok(!run.isKilled);
    assert.equal(farm.exit, undefined);
  });

  test('system-event is answered, then the chunk is reported interrupted, then the node leaves for it', async () => {
    const farm = new ScriptedFarm();
    farm.systemCommands = { reboot: ['systemctl', 'reboot'] };
    farm.answer('nodeAnswerCommand', unreachable());
    const run = await farm.startWorking(anOrder());

    farm.command('c1', { kind: 'system-event', event: 'reboot' });
    await farm.until(() => farm.exit);

    assert.ok(run.isKilled);
    assert.deepEqual(farm.answered('c1').at(-1), {
      ok: true,
      exitCode: null,
      output: 'leaves the farm, then runs systemctl reboot',
    });
    assert.deepEqual(
      farm.calls.map(({ name }) => name).filter((name) => /Answer|Report|Leave/.test(name)),
      ['nodeAnswerCommand', 'nodeAnswerCommand', 'nodeReport', 'nodeLeave'],
    );
    assert.equal(farm.called('nodeReport')[0]?.input.outcome, 'interrupted');
    assert.deepEqual(farm.exit, { code: 0, text: 'left', systemEvent: 'reboot' });
  });

  test('system-event that an agent died before carrying out is never said to have been', async () => {
    const farm = new ScriptedFarm();
    farm.systemCommands = { reboot: ['systemctl', 'reboot'] };
    farm.answer('nodeAnswerCommand', 'silence');
    await farm.startIdle();

    farm.command('c1', { kind: 'system-event', event: 'reboot' });
    await farm.until(() => farm.answered('c1').length === 1);

    assert.deepEqual(farm.notes.get('c1'), { state: 'begun' });
    assert.equal(farm.exit, undefined);
  });

  test('run-python is refused unless it is allowed', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.command('c1', python('1'));
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(farm.answered('c1'), [
      { ok: false, exitCode: null, output: 'this node was started without --allow-python' },
    ]);
  });

  test('run-python is answered when it ends; other commands do not wait for it, another one does', async () => {
    const farm = new ScriptedFarm();
    const begun: string[] = [];
    const first = Promise.withResolvers<CommandAnswer>();
    farm.python = (code) => {
      begun.push(code);
      return code === 'slow' ? first.promise : Promise.resolve(done);
    };
    await farm.startIdle();

    farm.command('c1', python('slow'));
    farm.command('c2', python('quick'));
    farm.command('c3', message('meanwhile'));
    await farm.until(() => farm.answered('c3').length === 1);
    assert.deepEqual(begun, ['slow']);
    first.resolve({ ok: true, exitCode: 0, output: '42\n' });
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(begun, ['slow', 'quick']);
    assert.deepEqual(farm.answered('c1'), [{ ok: true, exitCode: 0, output: '42\n' }]);
    assert.equal(farm.answered('c2').length, 1);
  });

  test('run-python is ended as soon as the node begins to leave', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeLeave', 'silence');
    let ended: AbortSignal | undefined;
    farm.python = (_code, _seconds, signal) => {
      ended = signal;
      return new Promise(() => {});
    };
    await farm.startIdle();
    farm.command('c1', python('slow'));
    await farm.until(() => ended);

    farm.stop();
    await farm.until(() => farm.called('nodeLeave').length === 1);

    assert.ok(ended?.aborted);
    assert.equal(farm.exit, undefined);
    assert.deepEqual(farm.notes.get('c1'), { state: 'begun' });
  });

  test('wake sends a magic packet', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.command('c1', { kind: 'wake', mac: '02:00:5e:10:00:01', broadcastAddress: '10.0.7.255' });
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(farm.woken, ['02:00:5e:10:00:01 by 10.0.7.255']);
    assert.deepEqual(farm.answered('c1'), [done]);
  });

  test('wake that cannot be sent is answered so', async () => {
    const farm = new ScriptedFarm();
    farm.wakeError = new Error('network is unreachable');
    await farm.startIdle();

    farm.command('c1', { kind: 'wake', mac: '02:00:5e:10:00:01', broadcastAddress: '10.0.7.255' });
    await farm.until(() => farm.commands.length === 0);

    assert.deepEqual(farm.answered('c1'), [
      { ok: false, exitCode: null, output: 'the packet cannot be sent: network is unreachable' },
    ]);
  });
});
