import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { archivePartName, exportName, logName } from '../../shared/blobs/blobStore.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

const DAY_MS = 86_400_000;
const text = Buffer.from('what was said');

/** Files and folders below the blobs. */
const blobsOf = (farm: TestFarm): string[] =>
  readdirSync(join(farm.data, 'blobs'), { recursive: true })
    .map(String)
    .filter((name) => !name.startsWith('.incoming'))
    .sort();

describe('blobs on one machine', () => {
  it('go as in AWS: exports after 30 days, logs after 90, what is in the archive never', async (t) => {
    const farm = await startFarm(t);
    const { blobs } = farm.context;
    await blobs.writeOnce(logName(1, 1, 0, 1), text);
    await blobs.writeOnce(exportName('an-export'), text);
    await blobs.writeOnce(archivePartName('a-folder', 0), text);
    const after = async (days: number): Promise<string[]> => {
      farm.clock.advance(days * DAY_MS);
      await farm.tick();
      return blobsOf(farm);
    };
    const archive = ['backups', 'backups/a-folder', 'backups/a-folder/000000.ndjson.gz'];
    const logs = ['logs', 'logs/1', 'logs/1/1', 'logs/1/1/0', 'logs/1/1/0/1.txt'];

    assert.deepEqual(await after(29), [...archive, 'exports', 'exports/an-export.sql.gz', ...logs]);
    assert.deepEqual(await after(1), [...archive, 'exports', ...logs]);
    assert.deepEqual(await after(59), [...archive, 'exports', ...logs]);
    assert.deepEqual(await after(1), [...archive, 'exports', 'logs']);
  });

  it('are counted from when they were last written, and beside each other', async (t) => {
    const farm = await startFarm(t);
    const { blobs } = farm.context;
    await blobs.writeOnce(exportName('old'), text);
    farm.clock.advance(DAY_MS);
    await blobs.writeOnce(exportName('young'), text);
    farm.clock.advance(29 * DAY_MS);

    await farm.tick();

    assert.deepEqual(blobsOf(farm), ['exports', 'exports/young.sql.gz']);
    const { mtime } = statSync(join(farm.data, 'blobs', exportName('young')));
    assert.equal(mtime.toISOString(), '2026-01-02T00:00:00.000Z');
  });

  it('are looked at once a day, a thousand a tick', async (t) => {
    const farm = await startFarm(t);
    const write = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1)
        await farm.context.blobs.writeOnce(exportName(`export-${index}`), text);
    };
    const left = () => blobsOf(farm).length - 1;
    await write(1_001);
    farm.clock.advance(30 * DAY_MS);

    await farm.tick();
    const first = left();
    await farm.tick();
    const second = left();
    await write(1);
    utimesSync(join(farm.data, 'blobs', exportName('export-0')), 0, 0);
    farm.clock.advance(DAY_MS - 1);
    await farm.tick();
    const sameDay = left();
    farm.clock.advance(1);
    await farm.tick();

    assert.deepEqual([first, second, sameDay, left()], [1, 0, 1, 0]);
  });
});
