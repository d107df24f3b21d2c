import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';

describe('people', () => {
  it('come with a group, work within its limits, and leave', async (t) => {
    const farm = await startFarm(t);
    const nobody = farm.clientWith(undefined);
    const { admin } = farm;
    await admin.groupAdd({
      group: { name: 'lighters', rights: ['change-group-jobs'], pools: ['gpu'], maximumPriority: 60 },
      requestToken: 'the-group-of-lighters',
    });
    await admin.groupConfigure({ group: { name: 'lighters', description: 'of shots' } });
    for (const name of ['anna', 'otto'])
      await admin.userAdd({
        user: { name, password: `of ${name}`, groups: ['lighters'] },
        requestToken: `the-user-${name}`,
      });
    await admin.userAdd({
      user: { name: 'anna', password: 'of anna', groups: ['lighters'] },
      requestToken: 'the-user-anna',
    });

    const anna = farm.clientWith((await nobody.login({ name: 'anna', password: 'of anna' })).token);
    const otto = farm.clientWith((await nobody.login({ name: 'otto', password: 'of otto' })).token);
    const { id } = await anna.jobSubmit({ job: aJob(1, { priority: 90 }) });
    await otto.jobEdit({ id, changes: { name: 'by otto' } });
    const { job } = await anna.jobGet({ id });

    assert.deepEqual(
      [job.owner, job.name, job.priority, job.includedPools],
      ['anna', 'by otto', 60, ['gpu']],
    );
    assert.deepEqual(
      (await anna.userGetList({})).users.map(({ name }) => name),
      ['admin', 'anna', 'otto'],
    );
    assert.equal((await anna.userGet({ name: 'otto' })).user.groups[0], 'lighters');
    assert.deepEqual(
      (await anna.groupGetList({})).groups.map(({ name, description }) => [name, description]),
      [['lighters', 'of shots']],
    );

    await admin.userConfigure({ user: { name: 'otto', groups: [] } });
    await admin.userRemove({ name: 'anna', requestToken: 'anna-leaves-us' });
    await admin.userRemove({ name: 'anna', requestToken: 'anna-leaves-us' });
    await admin.groupRemove({ name: 'lighters', requestToken: 'no-more-lighters' });
    farm.clock.advance(31_000);

    await assert.rejects(anna.whoAmI({}), { code: 'unauthenticated' });
    assert.deepEqual((await otto.whoAmI({})).rights, []);
    await assert.rejects(admin.groupGet({ name: 'lighters' }), { code: 'not-found' });
  });

  it('are known to every group of the API with the rights of their groups', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.admin.groupAdd({ group: { name: 'wranglers', rights: ['manage-nodes'] } });
    const rita = await farm.addUser('rita', { groups: ['wranglers'] });

    await rita.nodePause({ id: node.id });

    assert.equal((await rita.jobGet({ id })).job.id, id);
    assert.equal((await rita.chunkGetList({ jobId: id })).chunks.length, 1);
    assert.deepEqual((await rita.poolGetList({})).pools, []);
    assert.deepEqual((await rita.repositoriesGetList({})).repositories, []);
    assert.deepEqual((await rita.groupGetList({})).groups.length, 1);
    assert.equal((await rita.systemQueryEngineStatus({})).running, true);
    assert.equal((await rita.templateGet({ id: 43 })).template.name, 'command');
    assert.deepEqual((await rita.backupQuery({})).jobs, []);
    assert.equal((await rita.dbGetHistoryBounds({})).sampleCount, 0);
    await assert.rejects(rita.logClear({}), { code: 'forbidden' });
    assert.deepEqual((await rita.whoAmI({})).rights, ['manage-nodes']);
    await assert.rejects(rita.nodeClaim({ session: 'x', attemptToken: null }), { code: 'forbidden' });
  });

  it('log in, change their password, make tokens and revoke them', async (t) => {
    const farm = await startFarm(t);
    const nobody = farm.clientWith(undefined);
    await farm.admin.userAdd({ user: { name: 'anna', password: 'old' } });
    await assert.rejects(nobody.login({ name: 'anna', password: 'guess' }), { code: 'login-refused' });
    const first = farm.clientWith((await nobody.login({ name: 'anna', password: 'old' })).token);
    await first.whoAmI({});

    const { token } = await first.passwordChange({ password: 'old', newPassword: 'new' });
    const anna = farm.clientWith(token);
    const made = await anna.tokenAdd({ description: 'nightly', days: null });
    const listed = await anna.tokenGetList({});
    await anna.tokenRevoke({ id: made.id, requestToken: 'revoke-nightly' });
    await anna.logout({});
    farm.clock.advance(31_000);

    assert.deepEqual(listed.tokens.map(({ description }) => description).sort(), ['login', 'nightly']);
    for (const client of [first, anna, farm.clientWith(made.token)])
      await assert.rejects(client.whoAmI({}), { code: 'unauthenticated' });
    await nobody.login({ name: 'anna', password: 'new' });
  });

  it('join nodes by a token that can be revoked', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.tokenAdd({ kind: 'join', description: 'spot fleet', days: 7 });

    await farm.admin.tokenRevoke({ kind: 'join', id });

    assert.equal(
      (await farm.admin.tokenGetList({ kind: 'join' })).tokens.some((token) => token.id === id),
      false,
    );
  });
});
