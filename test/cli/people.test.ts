import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, aRollcall } from './rollcall.ts';

describe('rollcall users and groups', () => {
  it('sets up a group and a user in it, lists and shows them', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const none = await rollcall.run(['groups']);

    const added = await rollcall.run([
      ...['groups', 'add', 'lighters', '--rights', 'change-group-jobs', '--pools', 'gpu,night'],
      ...['--maximum-priority', '60', '--description', 'of shots'],
    ]);
    const user = await rollcall.run(
      ['users', 'add', 'anna', '--groups', 'lighters', '--email', 'anna@example.com', '--password-stdin'],
      { input: 'of anna\n' },
    );

    assert.equal(none.stdout, 'No groups.\n');
    assert.deepEqual([added.stdout, user.stdout], ['Added group lighters.\n', 'Added user anna.\n']);
    assert.equal(
      (await rollcall.run(['groups'])).stdout,
      `NAME      RIGHTS             POOLS       PRIORITY TO  DESCRIPTION
lighters  change-group-jobs  gpu, night           60  of shots
`,
    );
    assert.equal(
      (await rollcall.run(['users', 'get', 'anna'])).stdout,
      `anna

Description       
Email             anna@example.com
Enabled           yes
Groups            lighters
Rights            none
Pools             all
Highest priority  no limit
`.replace('Description       \n', ''),
    );
    assert.equal((await rollcall.run(['users', '--quiet'])).stdout, 'admin\nanna\n');
  });

  it('changes what is given, empties lists, disables and enables', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const anna = async () => (await farm.admin.userGet({ name: 'anna' })).user;
    await rollcall.run(['users', 'add', 'anna', '--rights', 'manage-pools', '--maximum-priority', '9']);

    await rollcall.run([
      'users',
      'configure',
      'anna',
      '--rights',
      '',
      '--maximum-priority',
      'none',
      '--disable',
    ]);
    const changed = await anna();
    await rollcall.run(['users', 'configure', 'anna', '--enable', '--admin']);
    const enabled = await anna();
    const nothing = await rollcall.run(['users', 'configure', 'anna']);
    const wrong = await rollcall.run(['users', 'configure', 'anna', '--rights', 'fly']);

    assert.deepEqual([changed.rights, changed.maximumPriority, changed.isEnabled], [[], null, false]);
    assert.deepEqual([enabled.isEnabled, enabled.isAdmin], [true, true]);
    assert.deepEqual(
      [nothing.code, nothing.stderr],
      [2, 'rollcall: say what to change, such as --groups or --rights\n'],
    );
    assert.match(wrong.stderr, /user\.rights\.0.*"manage-nodes"/);
  });

  it('removes only what is confirmed', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.userAdd({ user: { name: 'anna' } });
    await farm.admin.groupAdd({ group: { name: 'lighters' } });

    const unasked = await rollcall.run(['users', 'remove', 'anna']);
    const removed = await rollcall.run(['users', 'remove', 'anna', '--yes']);
    const group = await rollcall.run(['groups', 'remove', 'lighters', '--yes']);

    assert.equal(unasked.code, 2);
    assert.deepEqual([removed.stdout, group.stdout], ['Removed user anna.\n', 'Removed group lighters.\n']);
    assert.deepEqual(
      (await farm.admin.userGetList({})).users.map(({ name }) => name),
      ['admin'],
    );
  });
});

describe('rollcall tokens', () => {
  it('makes one that works, lists and revokes it', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.userAdd({ user: { name: 'robot' } });

    const token = (
      await rollcall.run(['tokens', 'add', 'nightly', '--user', 'robot', '--quiet'])
    ).stdout.trim();

    assert.equal((await farm.clientWith(token).whoAmI({})).name, 'robot');
    const [listed] = (await farm.admin.tokenGetList({ user: 'robot' })).tokens;
    assert.equal(
      (await rollcall.run(['tokens', '--user', 'robot'])).stdout,
      `ID                FOR      MADE                 BY     GOOD UNTIL
${listed?.id}  nightly  2026-01-01 00:00:00  admin  revoked
`,
    );
    const revoked = await rollcall.run(['tokens', 'revoke', listed?.id ?? '', '--user', 'robot']);
    assert.equal(revoked.stdout, `Revoked token ${listed?.id}.\n`);
    assert.equal((await rollcall.run(['tokens', '--user', 'robot'])).stdout, 'No tokens.\n');
  });

  it('makes one for nodes, and refuses to mix whose it is', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const made = (await rollcall.json(['tokens', 'add', 'spot fleet', '--join', '--days', '7'])) as {
      expiresAt: string;
    };
    const mixed = await rollcall.run(['tokens', '--join', '--user', 'anna']);

    assert.equal(made.expiresAt, '2026-01-08T00:00:00.000Z');
    assert.deepEqual([mixed.code, mixed.stderr], [2, 'rollcall: give --user or --join, not both\n']);
  });
});

describe('rollcall password', () => {
  it('changes the password and goes on with a new token', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const changed = await rollcall.run(['password', '--password-stdin'], {
      input: 'correct horse battery staple\nbetter\n',
    });

    assert.equal(changed.stdout, 'Changed your password. Logged in until 2026-01-31 00:00:00.\n');
    assert.equal((await rollcall.run(['whoami', '--quiet'])).stdout, 'admin\n');
    await farm.clientWith(undefined).login({ name: 'admin', password: 'better' });
  });

  it('refuses a wrong one and changes nothing', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const refused = await rollcall.run(['password', '--password-stdin'], { input: 'wrong\nmine\n' });

    assert.deepEqual([refused.code, refused.stderr], [4, 'rollcall: User name or password is wrong.\n']);
  });
});

describe('rollcall logout', () => {
  it('revokes the token, and says so when the dispatcher does not answer', async (t) => {
    const farm = await startFarm(t);
    const [one, other] = [await aLoggedInRollcall(t, farm.url), await aLoggedInRollcall(t, farm.url)];

    await one.run(['logout']);
    const left = (await farm.admin.tokenGetList({})).tokens.filter(
      ({ description }) => description === 'login',
    );
    await farm.close();
    const unreached = await other.run(['logout']);

    assert.equal(left.length, 1);
    assert.equal(unreached.stdout, 'Logged out.\n');
    assert.match(unreached.stderr, /did not answer; the token stays good until it expires/);
  });

  it('is no error for who was not logged in', async (t) => {
    assert.equal((await aRollcall(t).run(['logout'])).stdout, 'Nobody was logged in.\n');
  });
});
