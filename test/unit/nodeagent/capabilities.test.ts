import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { measureCapabilities } from '../../../nodeagent/src/capabilities.ts';
import { findSoftware } from '../../../nodeagent/src/software.ts';
import { capabilitiesSchema } from '../../../shared/model/node.ts';
import { aFolder } from '../../support/folders.ts';

/** An environment whose PATH holds these programs only. */
function withPrograms(test: TestContext, programs: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const folder = aFolder(test);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return { PATH: folder };
}

suite('what a machine is', { timeout: 30_000 }, () => {
  test('is what the dispatcher takes', async () => {
    const capabilities = await measureCapabilities(process.env, 'python3');

    assert.deepEqual(capabilitiesSchema().parse(capabilities), capabilities);
    assert.match(capabilities.agentVersion, /^\d+\.\d+\.\d+/);
  });

  test('holds the versions of the render programs that are there', async (t) => {
    if (process.platform === 'win32') return t.skip('its programs are scripts of a POSIX shell');
    const environment = withPrograms(t, {
      python3: 'echo Python 3.11.7',
      ffmpeg: 'echo "ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024 the FFmpeg developers"',
      povray: 'echo "cannot open /root/.povray/3.7/povray.conf" >&2; echo "POV-Ray 3.7.0.10.unofficial" >&2',
      blender: 'echo "Blender 4.1.1"; echo "	build date: 2024-04-16"',
    });

    assert.deepEqual(await findSoftware(environment, 'python3'), [
      { name: 'python3', version: '3.11.7' },
      { name: 'ffmpeg', version: '5.1.6-0+deb12u1' },
      { name: 'povray', version: '3.7.0.10.unofficial' },
      { name: 'blender', version: '4.1.1' },
    ]);
  });

  test('leaves out programs that fail, tell no version, or hang', async (t) => {
    if (process.platform === 'win32') return t.skip('its programs are scripts of a POSIX shell');
    const environment = withPrograms(t, {
      python3: 'echo Python 3.11.7; exit 1',
      ffmpeg: 'echo hello',
      // What it has started holds its output for longer than it is waited for.
      povray: '/bin/sleep 8; echo 3.7.0',
    });

    assert.deepEqual(await findSoftware(environment, 'python3'), []);
  });
});
