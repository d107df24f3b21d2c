import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall db', () => {
  it('prints the queue as SQL, or writes it into a new file', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.jobSubmit({ job: aJob(3, { name: 'for sale' }) });
    const file = join(mkdtempSync(join(tmpdir(), 'rollcall-export-')), 'queue.sql');
    t.after(() => rmSync(dirname(file), { recursive: true }));

    const printed = await rollcall.run(['db', 'export']);
    const written = await rollcall.run(['db', 'export', '--output', file]);
    const again = await rollcall.run(['db', 'export', '--output', file]);

    assert.match(printed.stdout, /^BEGIN;\nCREATE TABLE db_jobs .*'for sale'.*COMMIT;\n$/s);
    assert.equal(written.stdout, `Wrote 1 job and 0 chunks to ${file}.\n`);
    assert.equal(readFileSync(file, 'utf8'), printed.stdout);
    assert.match(again.stderr, /EEXIST/);
  });

  it('imports a queue after asking, also a long one, and names what it keeps of the old', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.jobSubmit({ job: aJob(3, { name: 'for sale' }) });
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-import-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const [short, long] = [join(folder, 'queue.sql'), join(folder, 'long.sql')];
    await rollcall.run(['db', 'export', '--output', short]);
    const row = `INSERT INTO db_logs VALUES (NULL, '${'x'.repeat(30_000)}');\n`;
    writeFileSync(long, readFileSync(short, 'utf8').replace('COMMIT;', `${row.repeat(80)}COMMIT;`));
    writeFileSync(join(folder, 'bad.sql'), 'DROP TABLE db_jobs;');
    /** Half a minute passes when an import has begun. */
    const begun = new Set<string>();
    const whileTimePasses = async <T>(command: Promise<T>): Promise<T> => {
      let isOver = false;
      const done = command.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await new Promise((resolve) => setImmediate(resolve));
        const { importing } = (await farm.context.configuration.getSettings()).permanent;
        if (importing === null || begun.has(importing)) continue;
        begun.add(importing);
        farm.clock.advance(31_000);
      }
      return done;
    };

    const unasked = await rollcall.run(['db', 'import', short]);
    const bad = await rollcall.run(['db', 'import', join(folder, 'bad.sql'), '--yes']);
    const imported = await whileTimePasses(rollcall.run(['db', 'import', short, '--yes']));
    const uploaded = await whileTimePasses(rollcall.run(['db', 'import', long, '--yes']));

    assert.match(unasked.stderr, /nothing was imported/);
    assert.match(bad.stderr, /no such table: db_jobs. Nothing was changed./);
    for (const { stdout } of [imported, uploaded]) {
      assert.match(
        stdout,
        /^Imported 1 job and 0 chunks.\nWhat was in the queue is kept as exports\/[\w-]+.sql.gz.\n$/,
      );
    }
    assert.match(imported.stderr, /queue.sql is in order: 1 job, 0 chunks/);
    assert.deepEqual(
      (await farm.admin.jobGetList({})).jobs.map(({ name, generation }) => [name, generation]),
      [['for sale', 3]],
    );
  });

  it('shows bounds and samples, clears up to a time after asking, and restarts the counters', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const empty = await rollcall.run(['db', 'bounds']);
    const none = await rollcall.run(['db', 'statistics']);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(3) });
    for (let work = await alpha.claim(); work !== null; work = await alpha.report())
      farm.clock.advance(1_000);
    await farm.drain();
    farm.clock.advance(60_000);
    await farm.tick();

    const bounds = await rollcall.run(['db', 'bounds']);
    const { samples } = (await rollcall.json(['db', 'statistics', '--from', '2026-01-01'])) as {
      samples: { at: string }[];
    };
    const table = await rollcall.run(['db', 'statistics']);
    const unasked = await rollcall.run(['db', 'clear', 'history', '--to', 'now']);
    const untimed = await rollcall.run(['db', 'clear', 'history', '--yes']);
    const cleared = await rollcall.run(['db', 'clear', 'history', '--to', '9999-01-01', '--yes']);
    const zero = await rollcall.run(['db', 'zero']);

    assert.equal(empty.stdout, 'Statistics  no samples\nHistory     no attempts\n');
    assert.equal(none.stdout, 'No samples.\n');
    assert.equal(
      bounds.stdout,
      `Statistics  1 sample, from 2026-01-01T00:01:00.000Z to 2026-01-01T00:01:00.000Z
History     3 attempts, from 2026-01-01T00:00:01.000Z to 2026-01-01T00:00:03.000Z
`,
    );
    assert.deepEqual(
      samples.map(({ at }) => at),
      ['2026-01-01T00:01:00.000Z'],
    );
    assert.match(table.stdout, /^TIME +QUEUED +JOBS/);
    assert.match(unasked.stderr, /nothing was cleared/);
    assert.match(untimed.stderr, /--to/);
    assert.equal(cleared.stdout, 'Cleared 3 attempts.\n');
    assert.equal(zero.stdout, 'The counters begin anew.\n');
    assert.equal((await farm.admin.dbGetHistoryBounds({})).sampleCount, 0);
  });
});
