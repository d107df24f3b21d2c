import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall repositories', () => {
  it('adds one, lists and shows it, changes one path and leaves the others, removes it', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const none = await rollcall.run(['repositories']);

    const added = await rollcall.run([
      ...['repositories', 'add', 'shows', '--linux', '/mnt/show', '--windows', 'P:\\show'],
      ...['--description', 'of all'],
    ]);
    const listed = await rollcall.run(['repositories']);
    await rollcall.run(['repositories', 'configure', 'shows', '--macos', '/Volumes/show']);
    await rollcall.run(['repositories', 'configure', 'shows', '--windows', '']);
    const shown = await rollcall.run(['repositories', 'get', 'shows']);
    const nothing = await rollcall.run(['repositories', 'configure', 'shows']);
    const removed = await rollcall.run(['repositories', 'remove', 'shows', '--yes']);

    assert.deepEqual([none.stdout, added.stdout], ['No repositories.\n', 'Added repository shows.\n']);
    assert.equal(
      listed.stdout,
      `NAME   LINUX      WINDOWS  DESCRIPTION
shows  /mnt/show  P:\\show  of all
`,
    );
    assert.equal(
      shown.stdout,
      `shows

Description  of all
Linux        /mnt/show
macOS        /Volumes/show
Windows      not there
`,
    );
    assert.equal(nothing.code, 2);
    assert.equal(removed.stdout, 'Removed repository shows.\n');
  });
});
