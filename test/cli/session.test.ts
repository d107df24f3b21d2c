import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import { sharedFarm } from '../support/sharedFarm.ts';
import { aLoggedInRollcall, aRollcall, type Rollcall } from './rollcall.ts';

const farm = await sharedFarm();
const fileOf = ({ config }: Rollcall): string => join(config, 'rollcall', 'credentials.json');

describe('rollcall login', () => {
  it('keeps url and token, readable by nobody else', async (t) => {
    const rollcall = aRollcall(t);

    const { code, stdout } = await rollcall.run(['login', 'admin', '--url', farm.url, '--password-stdin'], {
      input: `${ADMIN_PASSWORD}\n`,
    });

    assert.equal(code, 0);
    assert.equal(stdout, `Logged in to ${farm.url} as admin, until 2026-01-31 00:00:00.\n`);
    assert.equal(statSync(fileOf(rollcall)).mode & 0o777, 0o600);
    assert.equal(statSync(dirname(fileOf(rollcall))).mode & 0o777, 0o700);
    assert.equal(JSON.parse(readFileSync(fileOf(rollcall), 'utf8')).url, farm.url);
    assert.match((await rollcall.run(['whoami'])).stdout, /^admin \(administrator\) on http:/);
  });

  it('takes the password from the environment and answers with JSON', async (t) => {
    const rollcall = aRollcall(t, { ROLLCALL_PASSWORD: ADMIN_PASSWORD, ROLLCALL_URL: farm.url });

    assert.deepEqual(await rollcall.json(['login', 'admin']), {
      url: farm.url,
      name: 'admin',
      expiresAt: '2026-01-31T00:00:00.000Z',
      file: fileOf(rollcall),
    });
  });

  it('refuses a wrong password and keeps nothing', async (t) => {
    const rollcall = aRollcall(t, { ROLLCALL_PASSWORD: 'wrong' });

    const { code, stdout, stderr } = await rollcall.run(['login', 'admin', '--url', farm.url]);

    assert.deepEqual(
      { code, stdout, stderr },
      { code: 4, stdout: '', stderr: 'rollcall: User name or password is wrong.\n' },
    );
    assert.throws(() => statSync(fileOf(rollcall)), { code: 'ENOENT' });
  });

  it('asks nobody without a terminal', async (t) => {
    const rollcall = aRollcall(t);

    const asked = await rollcall.run(['login', 'admin', '--url', farm.url]);
    const unnamed = await rollcall.run(['login', '--url', farm.url]);

    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /^rollcall: .*--password-stdin\n$/);
    assert.equal(unnamed.code, 2);
    assert.match(unnamed.stderr, /^rollcall: .*rollcall login USER\n$/);
  });
});

describe('rollcall logout', () => {
  it('forgets the token, also when there is none', async (t) => {
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const first = await rollcall.run(['logout']);
    const second = await rollcall.run(['logout']);

    assert.deepEqual([first.code, first.stdout], [0, 'Logged out.\n']);
    assert.deepEqual([second.code, second.stdout], [0, 'Nobody was logged in.\n']);
    assert.throws(() => statSync(fileOf(rollcall)), { code: 'ENOENT' });
  });
});

describe('a session', () => {
  it('begins with rollcall login, and every command says so', async (t) => {
    const { code, stderr } = await aRollcall(t).run(['list', '--url', farm.url]);

    assert.equal(code, 4);
    assert.equal(
      stderr,
      `rollcall: you are not logged in to ${farm.url}; log in: rollcall login --url ${farm.url}\n`,
    );
  });

  it('sends its token to no other dispatcher', async (t) => {
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const { code, stderr } = await rollcall.run(['list', '--url', 'http://127.0.0.1:9']);

    assert.equal(code, 4);
    assert.match(stderr, /not logged in to http:\/\/127\.0\.0\.1:9;/);
  });

  it('takes url and token from the environment, options first', async (t) => {
    const token = JSON.parse(readFileSync(fileOf(await aLoggedInRollcall(t, farm.url)), 'utf8')).token;
    const rollcall = aRollcall(t, { ROLLCALL_URL: farm.url, ROLLCALL_TOKEN: 'nonsense' });

    const refused = await rollcall.run(['whoami']);
    const answered = await rollcall.run(['whoami', '--token', token, '--quiet']);

    assert.equal(refused.code, 4);
    assert.match(
      refused.stderr,
      /^rollcall: This call needs a valid token.* Log in again: rollcall login\n$/,
    );
    assert.deepEqual([answered.code, answered.stdout], [0, 'admin\n']);
  });

  it('says what is wrong with a file that cannot be read', async (t) => {
    const rollcall = aRollcall(t);
    mkdirSync(dirname(fileOf(rollcall)));
    writeFileSync(fileOf(rollcall), '{"url": 3');

    const { code, stderr } = await rollcall.run(['list']);

    assert.equal(code, 4);
    assert.match(
      stderr,
      /^rollcall: .*credentials\.json cannot be used \(.*\); make it anew: rollcall login\n$/,
    );
  });
});
