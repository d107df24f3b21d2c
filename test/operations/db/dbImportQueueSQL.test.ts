/** What an import refuses before it begins, what others hear while it is under way, and how it ends. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Operations } from '../../../client/src/generated.ts';
import { operations } from '../../../shared/contract/index.ts';
import { aJob } from '../../support/aJob.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { inputSamples } from '../../support/inputSamples.ts';
import { exportedText, importUntilReady, passMinute } from '../../support/queueImports.ts';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';
import { withVerbs } from '../../support/withVerbs.ts';

/** What waits while the queue is replaced. */
const waiting = [
  ['jobAddFolder', 'queue-importing'],
  ['jobDelete', 'queue-importing'],
  ['jobEdit', 'queue-importing'],
  ['jobExplain', 'queue-importing'],
  ['jobGet', 'queue-importing'],
  ['jobGetList', 'queue-importing'],
  ['jobReinit', 'queue-importing'],
  ['jobReparent', 'queue-importing'],
  ['jobSubmit', 'queue-importing'],
  ['jobUpdate', 'queue-importing'],
  ['jobUpdateStatus', 'queue-importing'],
  ['chunkGet', 'queue-importing'],
  ['chunkGetHistory', 'queue-importing'],
  ['chunkGetList', 'queue-importing'],
  ['chunkGetLiveLog', 'queue-importing'],
  ['chunkGetLog', 'queue-importing'],
  ['chunkGetThumbnail', 'queue-importing'],
  ['chunkSetStatus', 'queue-importing'],
  ['backupJob', 'queue-importing'],
  ['backupJobAndDelete', 'queue-importing'],
  ['backupRestoreJob', 'queue-importing'],
  ['dbExportQueueSQL', 'queue-importing'],
  ['dbImportQueueSQL', 'queue-importing'],
  ['systemSwapEngineStatus', 'queue-importing'],
] as const satisfies readonly (readonly [keyof Operations, 'queue-importing'])[];

async function upload(farm: TestFarm, packed: Uint8Array<ArrayBuffer>): Promise<string> {
  const { uploadId, url } = await farm.admin.dbImportUploadLink({});
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/gzip' },
    body: packed,
  });
  assert.ok(answer.ok);
  return uploadId;
}

/** A farm whose queue is being replaced by an empty one. */
async function importingFarm(t: Parameters<typeof startFarm>[0]): Promise<TestFarm> {
  const farm = await startFarm(t);
  const sql = await exportedText(farm);
  await farm.admin.jobSubmit({ job: aJob(2) });
  await farm.admin.dbImportQueueSQL({ sql });
  return farm;
}

describe('dbImportQueueSQL', () => {
  it('refuses a text that does more than make rows, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const sql = "ATTACH '/tmp/other.db' AS other;";

    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'import-refused',
      {
        rule: 'The text cannot be used: it may make tables and insert rows, nothing else; it asks for ATTACH /tmp/other.db',
      },
      { sql },
    );
  });

  it('refuses a text of which one row is wrong, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    for (const name of ['one', 'two']) await farm.admin.jobSubmit({ job: aJob(2, { name }) });
    const sql = (await exportedText(farm)).replace("'two', 'admin', 43", "'two', 'admin', 'no engine'");

    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'import-refused',
      { table: 'db_jobs', row: 2, column: 'engine' },
      { sql },
    );
  });

  it('refuses a text whose end is missing, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const sql = (await exportedText(farm)).replace('COMMIT;', '');

    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'import-refused',
      { rule: 'The text cannot be used: it ends within its transaction, so its end is missing' },
      { sql },
    );
  });

  it('refuses to begin without a text, and with two', async (t) => {
    const farm = await startFarm(t);
    const details = { field: 'sql', rule: 'must be given, or uploadId in its place' };
    const both = { sql: 'BEGIN;', uploadId: 'an-upload-of-a-text' };

    await assertRefusedWhole(farm, 'dbImportQueueSQL', 'invalid-input', details, {});
    await assertRefusedWhole(farm, 'dbImportQueueSQL', 'invalid-input', details, both);
  });

  it('refuses an upload that is not there, or not packed', async (t) => {
    const farm = await startFarm(t);
    const uploadId = await upload(farm, Buffer.from('BEGIN;'));

    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'not-found',
      { what: 'upload', id: 'never-uploaded-text' },
      { uploadId: 'never-uploaded-text' },
    );
    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'import-refused',
      { rule: `Upload ${uploadId} is not packed by gzip: incorrect header check` },
      { uploadId },
    );
  });

  it('refuses a text of a hundred megabytes without unpacking it, within two seconds', async (t) => {
    const farm = await startFarm(t);
    const uploadId = await upload(farm, gzipSync(Buffer.alloc(100_000_000, ' ')));
    const before = process.cpuUsage();

    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'too-large',
      { what: 'The text', size: 67_108_865, maximum: 67_108_864 },
      { uploadId },
    );

    // The time of the whole farm, however busy the machine is.
    const { user, system } = process.cpuUsage(before);
    assert.ok((user + system) / 1_000 < 2_000);
  });

  it('refuses a call of more than four megabytes', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'too-large',
      { what: 'The body', maximum: 4_194_304 },
      { sql: ' '.repeat(4_194_304) },
    );
  });

  it('lets everything wait that works with the queue, and tells it so', async (t) => {
    const farm = await importingFarm(t);

    assert.deepEqual(
      operations.filter(({ errors }) => errors.includes('queue-importing')).map(({ name }) => name),
      waiting.map(([name]) => name),
    );
    await assertUnchanged(farm, async () => {
      for (const [name, code] of waiting) {
        const { uploadId: _u, requestToken: _t, ...input } = inputSamples[name] as Record<string, unknown>;
        await assertRefused(farm.admin, name, code, {}, input as never);
      }
    });
  });

  it('lets nodes and people go on with all else, but hands out no chunk', async (t) => {
    const farm = await importingFarm(t);
    const node = await farm.addNode('alpha');

    assert.equal(await node.claim(), null);
    assert.deepEqual(await farm.admin.systemQueryEngineStatus({}), { running: false });
    assert.equal((await farm.admin.nodeGetList({})).nodes.length, 1);
    assert.equal((await farm.admin.backupQuery({})).jobs.length, 0);
  });

  it('is in the activity log with the name of what it keeps', async (t) => {
    const farm = await importingFarm(t);
    await passMinute(farm);

    const [name] = (await farm.admin.systemGetActivityLogsList({})).names;
    const { text } = await farm.admin.systemGetActivityLog({ name: String(name) });

    assert.match(text, /queue-import-begun the queue is replaced by 0 jobs with 0 chunks/);
    assert.match(
      text,
      /queue-import-ended the queue was replaced by 0 jobs with 0 chunks; what was there is kept as exports\/[\w-]+.sql.gz/,
    );
  });

  it('leaves the engine stopped if it was', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.systemSwapEngineStatus({});

    await importUntilReady(farm, { sql: await exportedText(farm) });

    assert.deepEqual(await farm.admin.systemQueryEngineStatus({}), { running: false });
    assert.deepEqual(await farm.admin.systemSwapEngineStatus({}), { running: true });
  });

  it('counts a report that comes late for a chunk of the queue that is gone to nobody', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    const sql = await exportedText(farm);
    await farm.admin.systemSwapEngineStatus({});

    await importUntilReady(farm, { sql });

    await assert.rejects(node.report({ wantsNext: false }), { code: 'stale-attempt' });
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual(
      [job.status, job.generation, job.runningCount, job.counts],
      ['in-progress', 2, 0, { queued: 1, completed: 0, warning: 0, failed: 0 }],
    );
  });

  it('waits until a job is gone whose id comes back', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const sql = await exportedText(farm);
    await farm.admin.jobDelete({ id });
    farm.clock.advance(31_000);

    const first = await farm.admin.dbImportQueueSQL({ sql, requestToken: 'a-first-request' });
    farm.clock.advance(31_000);
    const second = await farm.admin.dbImportQueueSQL({ sql, requestToken: 'a-first-request' });
    for (let minute = 0; minute < 4; minute += 1) await passMinute(farm);

    assert.deepEqual([first.doneCount, second.doneCount, second.result], [0, 0, 'started']);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
  });

  it('stops before anything is replaced if what is there cannot be exported', async (t) => {
    const reads = { seconds: 0 };
    const farm: TestFarm = await startFarm(t, {
      wrapTable: (table) =>
        withVerbs(table, {
          query(query) {
            if (reads.seconds > 0) farm.clock.advance(reads.seconds * 1_000);
            return table.query(query);
          },
        }),
    });
    const sql = await exportedText(farm);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.admin.dbImportQueueSQL({ sql, requestToken: 'a-first-request' });
    farm.clock.advance(31_000);
    reads.seconds = 2;

    await assertRefused(
      farm.admin,
      'dbImportQueueSQL',
      'import-refused',
      {
        rule: 'The queue cannot be exported within 20 s; back up jobs that have ended and delete them, then repeat the call',
      },
      { sql, requestToken: 'a-first-request' },
    );

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
    assert.deepEqual(await farm.admin.systemQueryEngineStatus({}), { running: true });
  });

  it('has the effect of one when it is repeated, also when it has long ended', async (t) => {
    const farm = await startFarm(t);
    const sql = await exportedText(farm);
    const requestToken = 'token-of-an-import';
    await farm.admin.dbImportQueueSQL({ sql, requestToken });
    await passMinute(farm);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const again = await farm.admin.dbImportQueueSQL({ sql, requestToken });

    assert.equal(again.result, 'ready');
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
    await assertRefusedWhole(
      farm,
      'dbImportQueueSQL',
      'request-conflict',
      { requestToken },
      { sql: `${sql} `, requestToken },
    );
  });
});
