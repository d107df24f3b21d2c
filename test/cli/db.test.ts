import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
