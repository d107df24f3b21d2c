import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { aJob } from '../support/aJob.ts';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

const main = join(import.meta.dirname, '../../cli/src/mrtool/main.ts');

/** What it writes to standard output; lines end as on Windows. */
async function mrtool(farm: TestFarm, ...args: string[]): Promise<string> {
  const { port } = new URL(farm.url);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [main, '-s', '127.0.0.1', '-port', port, '-u', 'admin', '-p', ADMIN_PASSWORD, ...args],
    { env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' } },
  );
  return stdout;
}

async function refused(farm: TestFarm, ...args: string[]): Promise<{ code: number; stderr: string }> {
  try {
    await mrtool(farm, ...args);
  } catch (error) {
    return error as { code: number; stderr: string };
  }
  throw new assert.AssertionError({ message: 'mrtool did not fail' });
}

describe('mrtool', () => {
  it('submits a folder and a job in it, and ends with their ids', async (t) => {
    const farm = await startFarm(t);

    const folder = await mrtool(farm, '-b', '-folder', '-n', 'Rome', '-parent', '-1');
    const job = await mrtool(
      farm,
      ...['-b', '-e', '43', '-n', 'dusk', '-parent', '1', '-pool', 'gpu, night', '-group', 'show'],
      ...[
        '-department',
        'lighting',
        '-pr',
        '70',
        '-pk',
        '5',
        '-max',
        '3',
        '-sf',
        '1',
        '-ef',
        '20',
        '-bf',
        '2',
      ],
      ...[
        '-f',
        '/mnt/a.ma',
        '-add',
        '/bin/true -v',
        '-attr',
        'shot',
        '010',
        '1',
        '-attr',
        'eye',
        'left',
        '0',
      ],
      ...['-ojs', '2'],
    );

    assert.equal(folder, 'new job has ID: 1\r\n');
    assert.equal(job, 'Job successfully submitted with ID: 2\r\n');
    const { job: made } = await farm.admin.jobGet({ id: 2 });
    assert.deepEqual(
      [made.name, made.parentId, made.includedPools, made.project, made.department, made.priority],
      ['dusk', 1, ['gpu', 'night'], 'show', 'lighting', 70],
    );
    assert.deepEqual(
      [made.packetSize, made.maximumInstances, made.startFrame, made.endFrame, made.byFrame, made.paused],
      [5, 3, 1, 20, 2, true],
    );
    assert.deepEqual(made.attributes, {
      job_file: { value: '/mnt/a.ma', state: true, subst: true },
      ADD_FLAGS: { value: '/bin/true -v', state: true, subst: true },
      shot: { value: '010', state: true, subst: false },
      eye: { value: 'left', state: false, subst: false },
    });
  });

  it('chains jobs with -wait', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });

    await mrtool(farm, '-b', '-e', '43', '-n', 'after', '-add', '/bin/true', '-wait', '1');

    const { job } = await farm.admin.jobGet({ id: 2 });
    assert.deepEqual([job.dependIds, job.status], [[1], 'waiting']);
  });

  it('lists jobs with a separator, padded, without a header, filtered', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    await farm.admin.jobSubmit({ job: aJob(2, { name: 'dusk', parentId: 1, project: 'show' }) });

    assert.equal(await mrtool(farm, '-q', 'j'), 'id|name|type\r\n1|Rome|Folder\r\n2|dusk|Job\r\n');
    assert.equal(
      await mrtool(farm, '-q', 'j', '-jf', 'id,status,submitter,sf,ef,pksize', '-S', '0', '-jobparent', '1'),
      'id status submitter sf ef pksize\r\n2  queued admin     1  2  1     \r\n',
    );
    assert.equal(
      await mrtool(farm, '-q', 'j', '-jf', 'id,group', '-H', '0', '-jobstatus', '1'),
      '\r\n2|show\r\n',
    );
  });

  it('lists chunks with how long they took, nodes, pools a line for each member, and templates', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha', { pools: ['gpu', 'night'] });
    await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    farm.clock.advance(3_723_000);
    await node.report({ outcome: 'completed' });

    const chunks = await mrtool(farm, '-q', 'h', '-job', '1', '-hf', 'id,status,sf,ef,elapsed,st');

    assert.equal(
      chunks.split('\r\n')[1],
      '1|completed|1|1|0 days, 1 hours, 2 mins, 3 secs|2026-01-01 00:00:00',
    );
    assert.equal(await mrtool(farm, '-q', 'p'), 'parent|name\r\ngpu|alpha\r\nnight|alpha\r\n');
    assert.equal(await mrtool(farm, '-q', 'c'), 'name|status|jobid\r\nalpha|in progress|1\r\n');
    assert.match(
      await mrtool(farm, '-q', 't'),
      /^UID\r\n---\r\n1\tmaya-software\r\n37\tmaya-vray\r\n43\tcommand\r\n/,
    );
  });

  it('requeues a chunk, pauses, reinitialises and removes a job', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.admin.chunkSetStatus({ jobId: 1, chunkId: 1, status: 'completed' });
    const chunk = async () => (await farm.admin.chunkGet({ jobId: 1, chunkId: 1 })).chunk.status;

    await mrtool(farm, '-chunkrq', '1', '1');
    const requeued = await chunk();
    await mrtool(farm, '-jobp', '1');
    const { job: paused } = await farm.admin.jobGet({ id: 1 });
    await mrtool(farm, '-jobri', '1');
    const { job: again } = await farm.admin.jobGet({ id: 1 });
    await mrtool(farm, '-jobrm', '1');

    assert.deepEqual([requeued, paused.paused, again.generation], ['queued', true, 2]);
    await assert.rejects(farm.admin.jobGet({ id: 1 }), { code: 'not-found' });
  });

  it('says with -v 3 that the login worked, and leaves no token behind', async (t) => {
    const farm = await startFarm(t);
    const before = (await farm.admin.tokenGetList({})).tokens.length;

    assert.equal(await mrtool(farm, '-v', '3', '-q', 'n'), 'Login succesfully\r\n');
    assert.equal((await farm.admin.tokenGetList({})).tokens.length, before);
  });

  it('fails with a line that says why: a wrong password, a flag, a field, a job that is not there', async (t) => {
    const farm = await startFarm(t);

    const [password, flag, field, missing, nothing] = [
      await refused(farm, '-p', 'wrong', '-q', 'n'),
      await refused(farm, '-frobnicate'),
      await refused(farm, '-q', 'j', '-jf', 'colour'),
      await refused(farm, '-jobrm', '99'),
      await refused(farm, '-b', '-n', 'x'),
    ];

    assert.deepEqual([password.code, flag.code, field.code, missing.code, nothing.code], [4, 2, 2, 3, 2]);
    assert.match(field.stderr, /-jf has no field colour; it has id, name, type, /);
    assert.match(missing.stderr, /There is no job 99/);
    assert.match(nothing.stderr, /-e is required/);
  });
});
