/** Tests with programs that do not come with the project. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it, type TestContext } from 'node:test';

/** What `npm run programs:install` installs, and CI therefore has. */
const installable = ['povray', 'ffmpeg', 'ffprobe', '/usr/sbin/slapd', 'openssl'];

const isInstalled = (program: string): boolean => spawnSync(program, ['-version']).error === undefined;

/**
 * A test that needs programs. Where one is missing the test is skipped, with the program in the reason; where `CI` is
 * `true` it fails, if the program is one that can be installed.
 */
export function itWith(
  programs: readonly string[],
  sentence: string,
  run: (t: TestContext) => Promise<void>,
): void {
  const missing = programs.filter((program) => !isInstalled(program));
  const required = missing.filter((program) => installable.includes(program));
  const reason = `not installed: ${missing.join(', ')}${required.length > 0 ? '; npm run programs:install' : ''}`;
  if (missing.length === 0) it(sentence, run);
  else if (process.env['CI'] === 'true' && required.length > 0) it(sentence, () => assert.fail(reason));
  else it(sentence, { skip: reason });
}
