/** The queue goes out as SQL, through sqlite3, and comes back: into its own farm and into another one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { aJob } from '../support/aJob.ts';
import { exportedText, importUntilReady, passMinute } from '../support/queueImports.ts';
import { askSqlite, itWithSqlite } from '../support/sqlite3.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

const parts = {
  jobs: 'SELECT * FROM db_jobs ORDER BY id',
  data: 'SELECT * FROM db_jobs_data ORDER BY job_id, kind, name',
  chunks: 'SELECT * FROM db_chunks ORDER BY job_id, id',
};

type Row = Readonly<Record<string, unknown>>;
type Queue = Readonly<Record<keyof typeof parts, readonly Row[]>>;

/** What the program finds in a text. */
function queueOf(sql: string): Queue {
  const rows = Object.entries(parts).map(([name, query]) => {
    const printed = askSqlite(sql, '.mode json', query);
    return [name, printed === '' ? [] : JSON.parse(printed)];
  });
  return Object.fromEntries(rows) as Queue;
}

/** What `docs/databases.md` says that an import changes: nobody works on what was imported, and a new generation begins. */
function afterImport({ jobs, data, chunks }: Queue): Queue {
  const running = (job: Row): number =>
    chunks.filter(({ job_id, status }) => job_id === job['id'] && status === 2).length;
  return {
    jobs: jobs.map((job) => ({
      ...job,
      max_cpu_working: 0,
      queued_count: Number(job['queued_count']) + running(job),
    })),
    data,
    chunks: chunks.map((chunk) => (chunk['status'] === 2 ? { ...chunk, status: 1 } : chunk)),
  };
}

const withoutGenerations = (queue: Queue): Queue => ({
  ...queue,
  jobs: queue.jobs.map(({ requeued: _, ...job }) => job),
});

/** Jobs of all kinds: in folders, rendered, failed, waiting, paused, with texts that SQL and shells do not like. */
async function workedFarm(farm: TestFarm) {
  const node = await farm.addNode('alpha', { pools: ['linux'] });
  const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: "Anna's folder" });
  const { id: inner } = await farm.admin.jobAddFolder({
    parentId: folder,
    name: 'leer; DROP TABLE db_jobs; --',
  });
  const submit = async (job: Parameters<typeof aJob>[1], frames = 3): Promise<number> => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(frames, job) });
    // What functions keep of the queue is old by then.
    farm.clock.advance(2_000);
    return id;
  };
  const done = await submit({ name: 'done', parentId: inner, priority: 90 });
  for (let count = 0; count < 3; count += 1) {
    await node.claim();
    await node.report();
  }
  const failed = await submit({ name: 'failed', priority: 80, maximumChunksRequeue: 0 }, 2);
  await node.claim();
  await node.report({
    outcome: 'failed',
    exitCode: 7,
    message: 'it\'s "broken"\n\tat line 1 🎬',
    wantsNext: false,
  });
  await node.claim();
  await node.report({ wantsNext: false });
  await farm.drain();
  const running = await submit(
    {
      name: 'läuft \\n 日本',
      parentId: folder,
      byFrame: 0.5,
      includedPools: ['linux'],
      environment: { GREETING: "two\nlines, it's 'quoted'" },
      attributes: {
        command: { value: '/mnt/show/ä.sh', state: true, subst: true },
        samples: { value: 0.1, state: false, subst: false },
        zero: { value: 'a\0b', state: true, subst: false },
        path: { value: '\\\\server\\share\\n', state: true, subst: false },
      },
    },
    8,
  );
  const follows = await submit({ name: 'follows', dependIds: [running], dependLinkMode: 'chunks' });
  const waits = await submit({ name: 'waits', dependIds: [running, done], dependMode: 'ended' });
  const cleansUp = await submit({
    name: 'cleans up',
    dependIds: [failed],
    dependMode: 'failure',
    paused: true,
  });
  await farm.admin.chunkSetStatus({ jobId: cleansUp, chunkId: 2, status: 'completed' });
  await node.claim();
  await node.report();
  await farm.drain();
  return { node, folder, done, failed, running, follows, waits, cleansUp };
}

describe('a queue in SQL', () => {
  itWithSqlite('comes back through sqlite3 as it was, whatever happened to the farm meanwhile', async (t) => {
    const farm = await startFarm(t);
    const { node, done, running, waits, folder } = await workedFarm(farm);
    const before = await exportedText(farm);
    await farm.admin.jobReinit({ id: done });
    await farm.admin.jobDelete({ id: waits });
    await farm.admin.jobEdit({ id: running, changes: { priority: 1, paused: true } });
    await farm.admin.jobReparent({ id: running, newParentId: -1 });
    const { id: late } = await farm.admin.jobSubmit({
      job: aJob(2, { name: 'not in the text', parentId: folder }),
    });
    await farm.drain();

    const answer = await importUntilReady(farm, { sql: askSqlite(before, '.dump') });

    const [was, is] = [queueOf(before), queueOf(await exportedText(farm))];
    assert.deepEqual(withoutGenerations(is), withoutGenerations(afterImport(was)));
    assert.deepEqual([answer.jobCount, answer.chunkCount, answer.doneCount], [8, was.chunks.length, 8]);
    await assert.rejects(farm.admin.jobGet({ id: late }), { code: 'not-found' });
    assert.equal((await farm.admin.systemQueryEngineStatus({})).running, true);
    assert.ok((await farm.admin.jobSubmit({ job: aJob(1) })).id > late);
    // The node lost its chunk with the old queue, and is given one of the new.
    assert.equal((await node.claim())?.assignment.jobId, running);
  });

  itWithSqlite('goes into an empty farm, which renders it to its end', async (t) => {
    const farm = await startFarm(t);
    const { done, failed, running, follows, waits, cleansUp } = await workedFarm(farm);
    const before = await exportedText(farm);
    await farm.close();
    const other = await startFarm(t);

    await importUntilReady(other, { sql: before });

    const [was, is] = [queueOf(before), queueOf(await exportedText(other))];
    assert.deepEqual(withoutGenerations(is), withoutGenerations(afterImport(was)));
    const node = await other.addNode('beta', { pools: ['linux'] });
    await other.admin.jobEdit({ id: cleansUp, changes: { paused: false } });
    await other.drain();
    for (let minute = 0; minute < 3; minute += 1) {
      for (let work = await node.claim(); work !== null; work = await node.report()) await other.drain();
      await passMinute(other);
    }
    const statuses = (await other.admin.jobGetList({})).jobs.map(({ id, status }) => [id, status]);
    assert.deepEqual(Object.fromEntries(statuses.filter(([, status]) => status !== 'folder')), {
      [done]: 'completed',
      [failed]: 'failed',
      [running]: 'completed',
      [follows]: 'completed',
      [waits]: 'completed',
      [cleansUp]: 'completed',
    });
  });

  it('comes by an upload when it is long, and what was there before comes back by its export', async (t) => {
    const farm = await startFarm(t);
    const empty = await exportedText(farm);
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { name: 'was there' }) });
    const { uploadId, url } = await farm.admin.dbImportUploadLink({});
    const row = `INSERT INTO db_logs VALUES (NULL, '${'x'.repeat(30_000)}');\n`;
    const long = empty.replace('COMMIT;', `${row.repeat(200)}COMMIT;`);
    const uploaded = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/gzip' },
      body: gzipSync(long),
    });
    assert.ok(uploaded.ok);

    const { jobCount, exportName, exportUrl } = await importUntilReady(farm, { uploadId });

    assert.equal(jobCount, 0);
    assert.match(String(exportName), /^exports\/[\w-]+\.sql\.gz$/);
    assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
    const kept = gunzipSync(await (await fetch(String(exportUrl))).bytes()).toString('utf8');
    await importUntilReady(farm, { sql: kept });
    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(
      jobs.map((job) => [job.id, job.name, job.status]),
      [[id, 'was there', 'queued']],
    );
  });

  it('is carried on by the tick when nobody asks any more', async (t) => {
    const farm = await startFarm(t);
    const sql = await exportedText(farm);
    await farm.admin.jobSubmit({ job: aJob(3) });

    const { result } = await farm.admin.dbImportQueueSQL({ sql });
    // Until then a function may know only the settings of before.
    farm.clock.advance(6_000);
    await assert.rejects(farm.admin.jobGetList({}), { code: 'queue-importing', status: 409 });
    await passMinute(farm);

    assert.equal(result, 'started');
    assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
  });
});
