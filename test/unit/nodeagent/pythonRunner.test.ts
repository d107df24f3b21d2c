import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { PythonRunner } from '../../../nodeagent/src/commands/pythonRunner.ts';
import { aFolder } from '../../support/folders.ts';
import { isAlive, until } from './realRunner.ts';

const { signal } = new AbortController();

function aPython(test: TestContext, program = 'python3', environment: NodeJS.ProcessEnv = process.env) {
  const folder = join(aFolder(test), 'python');
  const python = new PythonRunner({ program, folder, environment, say: (line) => test.diagnostic(line) });
  test.after(() => python.killNow());
  return { python, folder };
}

/** Starts a child that ignores SIGTERM, as the program itself does, and writes both process numbers to a file. */
const stubborn = (file: string): string => `
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print('begun')
open(${JSON.stringify(`${file}.part`)}, 'w').write(f'{os.getpid()} {child.pid}')
os.rename(${JSON.stringify(`${file}.part`)}, ${JSON.stringify(file)})
time.sleep(600)
`;

suite('Python code', { timeout: 60_000, concurrency: 4 }, () => {
  test('answers with what it wrote and with its exit code', async (t) => {
    const { python, folder } = aPython(t);

    const answer = await python.run('print(6 * 7)\nprint("grün")', 10, signal);

    assert.deepEqual(answer, { ok: true, exitCode: 0, output: '42\ngrün\n' });
    assert.ok(!existsSync(join(folder, 'running.json')));
  });

  test('that fails answers with its traceback', async (t) => {
    const { python } = aPython(t);

    const answer = await python.run('import sys\nraise SystemExit(1 / 0)', 10, signal);

    assert.equal(answer.ok, false);
    assert.equal(answer.exitCode, 1);
    assert.match(answer.output, /ZeroDivisionError: division by zero\n$/);
  });

  test('may be longer than a command line', async (t) => {
    const { python } = aPython(t);

    const answer = await python.run(`text = "${'ü'.repeat(65_000)}"\nprint(len(text))`, 10, signal);

    assert.equal(answer.output, '65000\n');
  });

  test('that takes longer than its limit is ended with all that it started', async (t) => {
    const { python } = aPython(t);
    const file = join(aFolder(t), 'pids');

    const answer = await python.run(stubborn(file), 2, signal);

    assert.deepEqual(answer, {
      ok: false,
      exitCode: null,
      output: 'begun\n\n[rollcall] stopped after 2 s\n',
    });
    for (const pid of readFileSync(file, 'utf8').split(' ')) assert.ok(!isAlive(Number(pid)), pid);
  });

  test('is ended when its node leaves', async (t) => {
    const { python } = aPython(t);
    const leaving = new AbortController();
    const file = join(aFolder(t), 'pids');
    const answer = python.run(stubborn(file), 600, leaving.signal);
    await until(() => existsSync(file));

    leaving.abort();

    assert.equal((await answer).ok, false);
  });

  test('that an agent left running is ended by the next one', async (t) => {
    const { python, folder } = aPython(t);
    const file = join(aFolder(t), 'pids');
    const answer = python.run(stubborn(file), 600, signal);
    await until(() => existsSync(file));
    const say = (line: string): void => t.diagnostic(line);

    await new PythonRunner({ program: 'python3', folder, environment: {}, say }).endLeftover();

    for (const pid of readFileSync(file, 'utf8').split(' ')) assert.ok(!isAlive(Number(pid)), pid);
    assert.equal((await answer).ok, false);
  });

  test('leaves the middle out of what is longer than an answer', async (t) => {
    const { python } = aPython(t);

    const { ok, output } = await python.run(
      'print("first")\nprint("x" * 8_000_000)\nprint("last")',
      30,
      signal,
    );

    assert.ok(ok);
    assert.ok(output.length <= 65_536, String(output.length));
    assert.match(output, /^first\n/);
    assert.match(output, /bytes and more cut here/);
    assert.match(output, /x\nlast\n$/);
  });

  test('does not see what concerns the agent only', async (t) => {
    const { python } = aPython(t, 'python3', { ...process.env, ROLLCALL_JOIN_TOKEN: 'join-me' });

    const { output } = await python.run(
      'import os\nprint(os.environ.get("ROLLCALL_JOIN_TOKEN"))',
      10,
      signal,
    );

    assert.equal(output, 'None\n');
  });

  test('is refused where there is no interpreter', async (t) => {
    const { python } = aPython(t, 'no-such-python');

    const answer = await python.run('1', 10, signal);

    assert.deepEqual(answer, {
      ok: false,
      exitCode: null,
      output: 'no-such-python cannot be started: spawn no-such-python ENOENT',
    });
  });
});
