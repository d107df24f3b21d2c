import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { aJob } from '../../support/aJob.ts';
import { askSqlite, itWithSqlite } from '../../support/sqlite3.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';
import { withVerbs } from '../../support/withVerbs.ts';

/** A folder with a job that waits for another one, of which a chunk failed, one completed and one is rendered. */
async function workedFarm(farm: TestFarm): Promise<{ readonly folder: number; readonly job: number }> {
  await farm.admin.poolAdd({ pool: { name: 'linux' } });
  const node = await farm.addNode('alpha', { pools: ['linux', 'gpu'] });
  const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: "Anna's folder" });
  const { id: job } = await farm.admin.jobSubmit({
    job: aJob(4, {
      name: 'shot "7"; DROP TABLE db_jobs; --',
      parentId: folder,
      byFrame: 1,
      includedPools: ['linux'],
      exitCodesErrorCheckType: 'skip',
      validExitCodes: [0, 3],
      environment: { GREETING: 'two\nlines' },
      attributes: {
        command: { value: '/bin/true', state: true, subst: true },
        samples: { value: 0.1, state: false, subst: false },
      },
    }),
  });
  await farm.admin.jobSubmit({ job: aJob(2, { name: 'waits', dependIds: [job] }) });
  await node.claim();
  await node.report();
  await farm.drain();
  return { folder, job };
}

const select = (sql: string, query: string): unknown[] => {
  const printed = askSqlite(sql, '.mode json', query);
  return printed === '' ? [] : (JSON.parse(printed) as unknown[]);
};

async function exported(farm: TestFarm): Promise<string> {
  const { sql, url } = await farm.admin.dbExportQueueSQL({});
  assert.equal(url, null);
  return sql ?? '';
}

describe('dbExportQueueSQL', () => {
  itWithSqlite('tells jobs, attributes and touched chunks so that sqlite3 loads them', async (t) => {
    const farm = await startFarm(t);
    const { folder, job } = await workedFarm(farm);

    const sql = await exported(farm);

    assert.deepEqual(
      select(
        sql,
        'SELECT id, parent_id, job_type, job_name, status, chunk_count, max_cpu_working FROM db_jobs',
      ),
      [
        {
          id: folder,
          parent_id: -1,
          job_type: 'folder',
          job_name: "Anna's folder",
          status: 0,
          chunk_count: 0,
          max_cpu_working: 0,
        },
        {
          id: job,
          parent_id: folder,
          job_type: 'job',
          job_name: 'shot "7"; DROP TABLE db_jobs; --',
          status: 2,
          chunk_count: 4,
          max_cpu_working: 1,
        },
        {
          id: job + 1,
          parent_id: -1,
          job_type: 'job',
          job_name: 'waits',
          status: 6,
          chunk_count: 2,
          max_cpu_working: 0,
        },
      ],
    );
    assert.deepEqual(
      select(
        sql,
        `SELECT included_pools, depend_id, exit_codes_check_type, valid_exit_codes, error_exit_codes, job_owner FROM db_jobs WHERE id >= ${job}`,
      ),
      [
        {
          included_pools: '["linux"]',
          depend_id: '[]',
          exit_codes_check_type: 2,
          valid_exit_codes: '[0,3]',
          error_exit_codes: null,
          job_owner: 'admin',
        },
        {
          included_pools: '[]',
          depend_id: `[${job}]`,
          exit_codes_check_type: 0,
          valid_exit_codes: null,
          error_exit_codes: null,
          job_owner: 'admin',
        },
      ],
    );
    assert.deepEqual(
      select(
        sql,
        `SELECT kind, name, value, is_number, state, subst FROM db_jobs_data WHERE job_id = ${job}`,
      ),
      [
        { kind: 'attribute', name: 'command', value: '/bin/true', is_number: 0, state: 1, subst: 1 },
        { kind: 'attribute', name: 'samples', value: '0.1', is_number: 1, state: 0, subst: 0 },
        { kind: 'environment', name: 'GREETING', value: 'two\nlines', is_number: 0, state: 1, subst: 0 },
      ],
    );
    assert.deepEqual(select(sql, 'SELECT job_id, id, status, attempt, outcome, exit_code FROM db_chunks'), [
      { job_id: job, id: 1, status: 3, attempt: 1, outcome: 'completed', exit_code: 0 },
      { job_id: job, id: 2, status: 2, attempt: 1, outcome: null, exit_code: null },
    ]);
  });

  itWithSqlite('tells who is in which pool, users without passwords, groups and repositories', async (t) => {
    const farm = await startFarm(t);
    await workedFarm(farm);
    await farm.admin.groupAdd({
      group: { name: 'artists', description: '', rights: [], pools: ['gpu'], maximumPriority: 60 },
    });
    await farm.admin.repositoriesAdd({
      repository: {
        name: 'show',
        description: '',
        paths: { linux: '/mnt/show', darwin: null, win32: 'P:\\show' },
      },
    });

    const sql = await exported(farm);

    assert.deepEqual(select(sql, 'SELECT * FROM db_pools'), [
      { pool_parent: 'linux', pool_member: 'alpha' },
      { pool_parent: 'gpu', pool_member: 'alpha' },
    ]);
    assert.deepEqual(select(sql, "SELECT * FROM db_users WHERE username = 'admin'"), [
      {
        username: 'admin',
        description: '',
        email: '',
        is_admin: 1,
        is_enabled: 1,
        user_groups: '[]',
        rights: '[]',
        pools: '[]',
        maximum_priority: null,
      },
    ]);
    assert.deepEqual(select(sql, 'SELECT * FROM db_users_groups'), [
      { group_name: 'artists', description: '', rights: '[]', pools: '["gpu"]', maximum_priority: 60 },
    ]);
    assert.deepEqual(select(sql, 'SELECT * FROM db_paths'), [
      { name: 'show', description: '', linux: '/mnt/show', darwin: null, win32: 'P:\\show' },
    ]);
    assert.deepEqual(select(sql, 'SELECT * FROM db_logs UNION SELECT * FROM db_mails'), []);
    assert.doesNotMatch(sql, /scrypt|passwordHash|token/i);
  });

  it('leaves out chunks of former generations and jobs that are being deleted', async (t) => {
    const farm = await startFarm(t);
    const { job } = await workedFarm(farm);
    const { id: deleted } = await farm.admin.jobSubmit({ job: aJob(1, { name: 'is deleted' }) });
    await farm.admin.jobDelete({ id: deleted });
    await farm.admin.jobReinit({ id: job });

    const { sql, jobCount, chunkCount } = await farm.admin.dbExportQueueSQL({});

    assert.equal(jobCount, 3);
    assert.equal(chunkCount, 0);
    assert.doesNotMatch(String(sql), /is deleted/);
  });

  it('refuses a queue that cannot be read within twenty seconds', async (t) => {
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
    await farm.admin.jobSubmit({ job: aJob(1) });
    const [, code] = ['dbExportQueueSQL', 'queue-too-large'];
    reads.seconds = 1;

    await assert.rejects(farm.admin.dbExportQueueSQL({}), {
      code,
      message:
        'The queue cannot be exported within 20 s; back up jobs that have ended and delete them, then repeat the call.',
    });
  });

  it('puts a text of more than 4 MB under a link', async (t) => {
    const farm = await startFarm(t);
    const value = 'ä'.repeat(30_000);
    const attributes = { command: { value: '/bin/true' }, one: { value }, two: { value } };
    for (let count = 0; count < 40; count += 1) await farm.admin.jobSubmit({ job: aJob(1, { attributes }) });

    const { sql, url, jobCount } = await farm.admin.dbExportQueueSQL({});

    assert.equal(sql, null);
    assert.equal(jobCount, 40);
    const answer = await fetch(String(url));
    const text = gunzipSync(await answer.bytes()).toString('utf8');
    assert.equal(text.match(/INSERT INTO db_jobs /g)?.length, 40);
    assert.equal(text.split(value).length, 81);
    assert.match(text, /^BEGIN;\nCREATE TABLE db_jobs .*COMMIT;\n$/s);
  });
});
