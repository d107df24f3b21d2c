/** How the Python package reaches a server, and what it says when it does not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { REAL_PASSWORD } from '../support/realFarm.ts';
import { pythonFarm } from './pythonFarm.ts';
import { startRelay } from './relay.ts';
import { askPython, itWithPython } from './runPython.ts';

const { client, environment, url, folder } = await pythonFarm();

const outcome = `
import MDispatcherAPI
err, jobs = MDispatcherAPI.jobGetList()
print(json.dumps([err.getErrorCode(), err.getDescription(), len(jobs)]))`;

const ask = (script: string, given: Readonly<Record<string, string>>): Promise<unknown> =>
  askPython(script, given);

const through = (port: number): Readonly<Record<string, string>> => ({
  ...environment,
  ROLLCALL_URL: `http://127.0.0.1:${port}`,
});

describe('the connection of the Python package', () => {
  itWithPython('says what to set when nothing is', async () => {
    const [code, text, count] = (await ask(outcome, {})) as [number, string, number];

    assert.deepEqual([code, count], [101, 0]);
    assert.match(text, /set ROLLCALL_URL/);
  });

  itWithPython('says what to set when no user is', async () => {
    const [code, text] = (await ask(outcome, { ROLLCALL_URL: url })) as [number, string];

    assert.equal(code, 101);
    assert.match(text, /set ROLLCALL_TOKEN, or ROLLCALL_USER and ROLLCALL_PASSWORD/);
  });

  itWithPython('refuses an address that is none', async () => {
    const [code, text] = (await ask(outcome, { ...environment, ROLLCALL_URL: 'farm' })) as [number, string];

    assert.equal(code, 101);
    assert.match(text, /^ROLLCALL_URL must be an address such as .*; it is farm$/);
  });

  itWithPython('says that a server does not answer', async () => {
    const [code, text] = (await ask(outcome, { ...environment, ROLLCALL_URL: 'http://127.0.0.1:1' })) as [
      number,
      string,
    ];

    assert.equal(code, 102);
    assert.match(text, /^no answer from http:\/\/127\.0\.0\.1:1: /);
  });

  itWithPython('tells a wrong password from a token that is unknown', async () => {
    const password = (await ask(outcome, { ...environment, ROLLCALL_PASSWORD: 'wrong' })) as [number];
    const token = (await ask(outcome, { ROLLCALL_URL: url, ROLLCALL_TOKEN: 'unknown' })) as [number];

    assert.deepEqual([password[0], token[0]], [3, 2]);
  });

  itWithPython('takes a token', async () => {
    const { token } = await client.login({ name: 'admin', password: REAL_PASSWORD });

    const [code] = (await ask(outcome, { ROLLCALL_URL: url, ROLLCALL_TOKEN: token })) as [number];

    assert.equal(code, 0);
  });

  const threeCalls = `
import MDispatcherAPI
print(json.dumps([MDispatcherAPI.jobGetList()[0].getErrorCode() for _ in range(3)]))`;

  itWithPython('keeps one connection and logs in once', async (t) => {
    const relay = await startRelay(t, url);

    const answer = await ask(threeCalls, through(relay.port));

    assert.deepEqual(answer, [0, 0, 0]);
    assert.equal(relay.connections(), 1);
    assert.deepEqual(
      relay.targets.map((target) => target.split('/').at(-1)),
      ['login', 'jobGetList', 'jobGetList', 'jobGetList'],
    );
  });

  itWithPython('opens a new connection when the server has closed an idle one', async (t) => {
    const relay = await startRelay(t, url, { fate: () => 'close' });

    const answer = await ask(threeCalls, through(relay.port));

    assert.deepEqual(answer, [0, 0, 0]);
    assert.equal(relay.connections(), 4);
  });

  itWithPython('submits one job when the answer to the first try is lost', async (t) => {
    let isLost = false;
    const relay = await startRelay(t, url, {
      fate(path) {
        if (!path.endsWith('jobSubmit') || isLost) return 'answer';
        isLost = true;
        return 'lose';
      },
    });

    const answer = (await ask(
      `
import MDispatcherAPI, MClientAPI
job = MClientAPI.MJob()
job.setName("only one")
job.setTemplateID(43)
job.setPaused(True)
job.attributeSetString("command", "/bin/true")
err = MDispatcherAPI.jobSubmit(job, "admin")
print(json.dumps([err.getErrorCode(), job.getJobId()]))`,
      through(relay.port),
    )) as [number, number];

    const { jobs } = await client.jobGetList({ limit: 1_000 });
    assert.equal(isLost, true);
    assert.equal(answer[0], 0);
    assert.deepEqual(
      jobs.filter(({ name }) => name === 'only one').map(({ id }) => id),
      [answer[1]],
    );
  });

  itWithPython('logs in again when its token is not valid any more', async (t) => {
    const fates = ['answer', 'strip', 'answer', 'answer'] as const;
    let lists = 0;
    const relay = await startRelay(t, url, {
      fate: (path) => (path.endsWith('jobGetList') ? (fates[lists++] ?? 'answer') : 'answer'),
    });

    const answer = await ask(threeCalls, through(relay.port));

    assert.deepEqual(answer, [0, 0, 0]);
    assert.equal(relay.targets.filter((target) => target.endsWith('login')).length, 2);
  });

  itWithPython('lets a forked process have a connection of its own', async (t) => {
    const relay = await startRelay(t, url);

    const answer = await ask(
      `
import os, MDispatcherAPI
MDispatcherAPI.jobGetList()
child = os.fork()
if child == 0:
    os._exit(MDispatcherAPI.jobGetList()[0].getErrorCode())
status = os.waitpid(child, 0)[1]
print(json.dumps([status, MDispatcherAPI.jobGetList()[0].getErrorCode()]))`,
      through(relay.port),
    );

    assert.deepEqual(answer, [0, 0]);
    assert.equal(relay.connections(), 2);
  });

  itWithPython('goes through the proxy of HTTP_PROXY, but not to the hosts of NO_PROXY', async (t) => {
    const proxy = await startRelay(t, url);
    const proxies = { HTTP_PROXY: `http://me:pass%20word@127.0.0.1:${proxy.port}` };
    await client.jobSubmit({ job: aJob(1, { paused: true }) });

    const [code] = (await ask(outcome, {
      ...environment,
      ...proxies,
      ROLLCALL_URL: 'http://farm.invalid:9890',
    })) as [number];
    const seen = [...proxy.targets];
    const [direct] = (await ask(outcome, { ...environment, ...proxies, NO_PROXY: '127.0.0.1' })) as [number];

    assert.deepEqual([code, direct], [0, 0]);
    assert.deepEqual(seen, [
      'http://farm.invalid:9890/v1/session/login',
      'http://farm.invalid:9890/v1/jobs/jobGetList',
    ]);
    assert.equal(proxy.targets.length, 2);
    assert.equal(proxy.proxyUsers[0], `Basic ${btoa('me:pass word')}`);
  });

  itWithPython('goes through HTTPS_PROXY to a server whose certificate a bundle vouches for', async (t) => {
    const key = join(folder, 'key.pem');
    const cert = join(folder, 'cert.pem');
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
      ...[
        '-keyout',
        key,
        '-out',
        cert,
        '-subj',
        '/CN=farm.invalid',
        '-addext',
        'subjectAltName=DNS:farm.invalid',
      ],
    ]);
    if (made.error !== undefined) {
      t.skip('not installed: openssl');
      return;
    }
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const secure = await startRelay(t, url, { tls });
    const proxy = await startRelay(t, url, { tunnelTo: secure.port });
    const given = {
      ...environment,
      ROLLCALL_URL: 'https://farm.invalid',
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    };

    const untrusted = (await ask(outcome, given)) as [number, string];
    const byLibrary = (await ask(outcome, { ...given, SSL_CERT_FILE: cert })) as [number, string];
    const byRequests = (await ask(outcome, { ...given, REQUESTS_CA_BUNDLE: cert })) as [number, string];

    assert.deepEqual([untrusted[0], byLibrary[0], byRequests[0]], [102, 0, 0]);
    assert.match(untrusted[1], /certificate verify failed/);
    assert.deepEqual([...new Set(proxy.targets)], ['farm.invalid:443']);
  });
});
