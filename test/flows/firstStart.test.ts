import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createClient } from '../../client/src/client.ts';
import { startLocalFarm } from '../../local/farm.ts';
import { systemTimer } from '../../local/gateway/timer.ts';
import { ensureSecrets } from '../../shared/actions/ensureSecrets.ts';
import { systemClock } from '../../shared/model/clock.ts';

/** A farm that has never been started before. */
async function newFarm(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), 'rollcall-first-start-'));
  const farm = await startLocalFarm({
    data,
    host: '127.0.0.1',
    port: 0,
    templates: [],
    clock: systemClock,
    timer: systemTimer,
    tickSeconds: 60,
    isDriven: false,
    log: (line) => t.diagnostic(line),
  });
  t.after(async () => {
    await farm.close();
    rmSync(data, { recursive: true, force: true });
  });
  return farm;
}

describe('the first start', () => {
  it('tells a password that logs in and a token that registers, once', async (t) => {
    const { context, url } = await newFarm(t);

    const secrets = await ensureSecrets(context, {});
    const again = await ensureSecrets(context, {});

    const client = createClient({ url, retries: 0 });
    assert.ok((await client.login({ name: 'admin', password: secrets.adminPassword ?? '' })).token);
    assert.deepEqual(await context.tokens.findCaller(secrets.joinToken ?? ''), { kind: 'join' });
    assert.deepEqual(again, {});
  });

  it('tells a password to one of two who start at the same time, and refuses the other', async (t) => {
    const { context, url } = await newFarm(t);

    const starts = await Promise.allSettled([ensureSecrets(context, {}), ensureSecrets(context, {})]);

    const told = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const refused = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []));
    assert.equal(told.length, 1);
    assert.match(refused[0] ?? '', /another start has made user admin meanwhile/);
    const client = createClient({ url, retries: 0 });
    assert.ok((await client.login({ name: 'admin', password: told[0]?.adminPassword ?? '' })).token);
  });

  it('refuses an empty password and a short token by field and rule, and makes nothing', async (t) => {
    const { context } = await newFarm(t);

    await assert.rejects(() => ensureSecrets(context, { adminPassword: '' }), /^Error: adminPassword /);
    await assert.rejects(
      () => ensureSecrets(context, { joinToken: 'short' }),
      /^Error: joinToken must be 16 to 256 letters, digits, - and _$/,
    );
    assert.equal(await context.users.find('admin'), undefined);
  });
});
