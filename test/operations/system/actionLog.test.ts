import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const DAY_MS = 86_400_000;
const nameNow = ({ clock }: TestFarm): string =>
  `action-${new Date(clock.now()).toISOString().slice(0, 10)}.log`;

/** Lines of the log of today without their times. */
async function lines(farm: TestFarm, search: object = {}): Promise<string[]> {
  const { text } = await farm.admin.systemGetActionLog({ name: nameNow(farm), ...search });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.slice(25));
}

describe('the action log', () => {
  it('has each call that was to change something: who, from where, what, and what came of it', async (t) => {
    const farm = await startFarm(t);
    const stan = await farm.addUser('stan');
    const node = await farm.addNode('alpha');

    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { name: 'sky' }) });
    farm.clock.advance(1);
    await assert.rejects(stan.nodePause({ id: node.id }));
    farm.clock.advance(1);
    await assert.rejects(farm.admin.jobDelete({ id: 99 }));
    farm.clock.advance(1);
    await assert.rejects(farm.admin.nodePause({ id: -5 }));
    await farm.admin.jobGet({ id });
    await node.claim();
    await node.heartbeat();

    const found = await lines(farm);
    assert.match(found[0] ?? '', /^admin jobSubmit 127\.0\.0\.1 \{"job":\{"name":"sky",.*\} -> ok, id 1$/);
    assert.deepEqual(found.slice(1), [
      `stan nodePause 127.0.0.1 - -> forbidden: User stan may not call nodePause: it needs the right manage-nodes.`,
      'admin jobDelete 127.0.0.1 {"id":99} -> not-found: There is no job 99.',
      'admin nodePause 127.0.0.1 - -> invalid-input: id: too small: expected number to be >=1.',
    ]);
  });

  it('has logins, and the failed ones under the name that was tried', async (t) => {
    const farm = await startFarm(t);
    const stranger = farm.clientWith(undefined);

    await stranger.login({ name: 'admin', password: ADMIN_PASSWORD, hours: 1 });
    farm.clock.advance(1);
    await assert.rejects(stranger.login({ name: 'ghost', password: 'boo' }));

    assert.deepEqual(await lines(farm), [
      'admin login 127.0.0.1 {"name":"admin","password":"***","hours":1} -> ok',
      'ghost login 127.0.0.1 {"name":"ghost","password":"***"} -> login-refused: User name or password is wrong.',
    ]);
  });

  it('has nothing of passwords and tokens, nor long texts', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const secrets = [
      'hunter2-of-olga',
      'hunter3-of-olga',
      'sesame-open',
      'in-an-environment',
      'in-a-command',
    ];
    await farm.admin.userAdd({ user: { name: 'olga', password: 'hunter2-of-olga' } });
    const { token } = await farm.clientWith(undefined).login({ name: 'olga', password: 'hunter2-of-olga' });
    const changed = await farm
      .clientWith(token)
      .passwordChange({ password: 'hunter2-of-olga', newPassword: 'hunter3-of-olga' });
    const added = await farm.admin.tokenAdd({ description: 'nightly', days: 1 });
    await assert.rejects(farm.clientWith(undefined).login({ name: 'olga', password: 'sesame-open' }));
    await farm.admin.jobSubmit({
      job: aJob(1, {
        environment: { API_TOKEN: 'in-an-environment' },
        attributes: { command: { value: 'render --password=in-a-command https://me:in-a-command@host/x' } },
      }),
      requestToken: 'token-of-a-request',
    });
    await farm.admin.nodeRunPythonCode({ id: node.id, code: `print("${'x'.repeat(5_000)}")` });

    const text = (await lines(farm)).join('\n');
    for (const secret of [...secrets, token, changed.token, added.token, 'token-of-a-request']) {
      assert.ok(!text.includes(secret), secret);
    }
    assert.match(text, /nodeRunPythonCode .*… \(5009 characters\)/);
    assert.match(text, /userAdd .*"password":"\*\*\*"/);
  });

  it('costs one write unit a call, however long its input is', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    farm.takeUse();

    await farm.admin.jobSubmit({
      job: aJob(1, {
        attributes: {
          command: { value: '/bin/true' },
          ...Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`é${n}`, { value: 'ü'.repeat(80) }])),
        },
      }),
    });
    const { uses } = farm.takeUse();

    const written = uses.filter(({ table }) => table === 'history').map(({ writeUnits }) => writeUnits);
    assert.deepEqual(written, [1]);
  });

  it('is written before the answer: one that cannot be written is no answer', async (t) => {
    const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
    await farm.admin.jobSubmit({ job: aJob(1) });
    const request = { parentId: -1, name: 'Rome', requestToken: 'once-or-twice' };
    farm.writes.beforeFirst('LOGS#action', async () => {
      throw new Error('the table is gone');
    });

    await assert.rejects(farm.admin.jobAddFolder(request), { code: 'internal' });
    const { id } = await farm.admin.jobAddFolder(request);

    assert.equal((await farm.admin.jobGetList({})).jobs.filter(({ name }) => name === 'Rome').length, 1);
    assert.equal((await lines(farm, { text: `ok, id ${id}` })).length, 1);
  });

  it('is searched by text, user, operation and time, and read page by page', async (t) => {
    const farm = await startFarm(t);
    const olga = await farm.addUser('olga');
    for (const name of ['Rome', 'Milan', 'Turin']) {
      farm.clock.advance(1_000);
      await farm.admin.jobAddFolder({ parentId: -1, name });
    }
    const at = new Date(farm.clock.now()).toISOString();
    farm.clock.advance(1_000);
    await olga.jobSubmit({ job: aJob(1, { name: 'milano' }) });

    const whose = await lines(farm, { user: 'olga' });
    const which = await lines(farm, { operation: 'jobAddFolder' });
    const text = await lines(farm, { text: 'MILAN' });
    const since = await lines(farm, { from: at });
    const until = await lines(farm, { to: at });
    const first = await farm.admin.systemGetActionLog({ name: nameNow(farm), limit: 3 });
    const second = await farm.admin.systemGetActionLog({
      name: nameNow(farm),
      limit: 3,
      pageToken: first.nextPageToken ?? '',
    });

    assert.deepEqual([whose.length, which.length, text.length, since.length, until.length], [1, 3, 2, 2, 3]);
    assert.match(second.text, /^\S+ olga jobSubmit [^\n]*\n$/);
    assert.equal(second.nextPageToken, null);
  });

  it('is one a day, listed newest first, and gone after the days that it is kept', async (t) => {
    const farm = await startFarm(t);
    const first = nameNow(farm);
    await farm.context.configuration.replace({
      ...(await farm.context.configuration.getSettings()),
      temporary: { logDays: 5 },
    });
    await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    farm.clock.advance(DAY_MS);
    const second = nameNow(farm);
    await farm.admin.jobAddFolder({ parentId: -1, name: 'Milan' });
    const listed = await farm.admin.systemGetActionLogsList({});

    farm.clock.advance(5 * DAY_MS + 1_000);
    const later = await farm.admin.systemGetActionLogsList({});
    await farm.tick();
    const left = await farm.table.query({ table: 'history', partition: 'LOGDAYS' });

    assert.deepEqual(listed.names, [second, first]);
    assert.deepEqual(later.names, [second]);
    assert.deepEqual(
      left.items.map(({ sk }) => sk),
      [`action#${second.slice(7, 17)}`],
    );
    await assertRefusedWhole(
      farm,
      'systemGetActionLog',
      'not-found',
      { what: 'log', id: first },
      { name: first },
    );
  });

  it('keeps lines as many days as the setting says when they are written', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.systemSetConfiguration({ configuration: { logDays: 2, version: 0 } });
    farm.clock.advance(DAY_MS);
    const name = nameNow(farm);
    await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    farm.clock.advance(2 * DAY_MS);
    const kept = await farm.admin.systemGetActionLogsList({});
    farm.clock.advance(DAY_MS);
    const gone = await farm.admin.systemGetActionLogsList({});

    assert.ok(kept.names.includes(name));
    assert.ok(!gone.names.includes(name));
  });

  it('is removed at once, and its lines are deleted by the tick in steps', async (t) => {
    const farm = await startFarm(t);
    const name = nameNow(farm);
    const [day, at] = [name.slice(7, 17), new Date(farm.clock.now()).toISOString()];
    const many = Array.from({ length: 25_000 }, (_, n) => ({
      at,
      id: `${n}`,
      user: 'x',
      what: 'y',
      text: 'z',
    }));
    await farm.context.logs.add('action', many, 30);
    const left = async () => {
      const rows = [0, 1, 2, 3].map((n) =>
        farm.table.query({ table: 'history', partition: `LOGS#action#${day}#${n}` }),
      );
      return (await Promise.all(rows)).flatMap(({ items }) => items).length;
    };
    const before = await left();
    farm.clock.advance(DAY_MS);

    await farm.admin.systemRemoveActionLog({ name });
    const listed = await farm.admin.systemGetActionLogsList({});
    await farm.tick();
    const between = await left();
    for (let minute = 0; minute < 3; minute += 1) await farm.tick();

    assert.deepEqual(listed.names, [nameNow(farm)]);
    await assertRefusedWhole(farm, 'systemGetActionLog', 'not-found', { id: name }, { name });
    await assertRefusedWhole(farm, 'systemRemoveActionLog', 'not-found', { id: name }, { name });
    assert.ok(before > between && between > 0, `${before}, then ${between}`);
    assert.equal(await left(), 0);
  });

  it('of today keeps what is written after its removal, the removal itself first', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    farm.clock.advance(1_000);

    await farm.admin.systemRemoveActionLog({ name: nameNow(farm) });
    const after = await lines(farm);
    for (let minute = 0; minute < 2; minute += 1) await farm.tick();
    farm.clock.advance(1_000);
    await farm.admin.jobAddFolder({ parentId: -1, name: 'Milan' });

    assert.deepEqual(after.length, 1);
    assert.match(after[0] ?? '', /^admin systemRemoveActionLog /);
    assert.equal((await lines(farm)).length, 2);
  });

  it('refuses names that are none of its own', async (t) => {
    const farm = await startFarm(t);

    for (const name of ['activity-2026-11-24.log', '../passwd', 'action-2026-11-24']) {
      await assertRefusedWhole(farm, 'systemGetActionLog', 'invalid-input', { field: 'name' }, { name });
    }
  });
});
