/** Chunks of templates in Python, by a real host and real processes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { WorkOrder } from '../../../client/src/generated.ts';
import { TemplateFiles } from '../../../nodeagent/src/templates/templateFiles.ts';
import { aFolder } from '../../support/folders.ts';
import { aTemplate } from '../../support/pythonTemplates.ts';
import { anOrder, type OrderFields } from './orders.ts';
import { aRunner, isAlive, until } from './realRunner.ts';

type Python = NonNullable<WorkOrder['python']>;

/** Serves texts of templates, and counts how often each was fetched. */
async function aSource(t: TestContext) {
  const texts = new Map<string, string>();
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    const name = request.url ?? '';
    fetched.push(name);
    const text = texts.get(name);
    response.statusCode = text === undefined ? 404 : 200;
    response.end(text === undefined ? '' : gzipSync(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    fetched,
    /** An order for a template with these functions. */
    order(functions: string, python: Partial<Python> = {}, fields: OrderFields = {}): WorkOrder {
      const text = aTemplate({ functions });
      const sha256 = createHash('sha256').update(text).digest('hex');
      texts.set(`/${sha256}`, text);
      return {
        ...anOrder({ program: 'rollcall:python-template', ...fields }),
        python: {
          name: 'studio',
          file: 'studio.py',
          edition: 1,
          sha256,
          url: `http://127.0.0.1:${port}/${sha256}`,
          hooks: [
            'onBuildEnvironment',
            'onGetApplicationPath',
            'onGetApplicationStartingFolder',
            'onBuildCommandLine',
            ...(functions.includes('def onCheckLog') ? (['onCheckLog'] as const) : []),
            ...(functions.includes('def onCheckExitCode') ? (['onCheckExitCode'] as const) : []),
            ...(functions.includes('def onClientIdling') ? (['onClientIdling'] as const) : []),
          ],
          countsLogWarnings: true,
          countsExitCodeWarnings: true,
          job: { id: 7, name: 'shot 010', templateId: 2_100, attributes: {}, environment: {} },
          ...python,
        },
      };
    },
  };
}

/** A function that runs a script of this very Node. */
const runs = (script: string, ...words: readonly string[]): string => `
def onGetApplicationPath(self, job, clientTemplatePreferences, pathOut):
    pathOut.setString(${JSON.stringify(process.execPath)})
    return MTemplateError()

def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    import shlex
    return "-e " + shlex.quote(${JSON.stringify(script)}) + " " + ${JSON.stringify(words.join(' '))}
`;

suite('a template in Python', { timeout: 120_000, concurrency: 3 }, () => {
  test('makes the process of its chunk: program, words, environment and folder', async (t) => {
    const source = await aSource(t);
    const { runner, folder, readLog } = aRunner(t, { ...process.env, ROLLCALL_JOIN_TOKEN: 'secret' });
    mkdirSync(join(folder, 'start'));
    const functions = `
${runs('const { SHOT, MUSTER_JOB_ID, ROLLCALL_JOIN_TOKEN } = process.env; console.log(JSON.stringify([process.argv.slice(1), SHOT, MUSTER_JOB_ID, ROLLCALL_JOIN_TOKEN ?? null, process.cwd()]))', '"a b"', 'c')}
def onGetApplicationStartingFolder(self, job, clientTemplatePreferences, pathOut):
    pathOut.setString(${JSON.stringify(join(folder, 'start'))})
    return MTemplateError()

def onBuildEnvironment(self, job, chunk, clientTemplatePreferences, existingEnvironment):
    existingEnvironment.setValue("SHOT", "%s/%.0f" % (job.getName(), chunk.getStartFrame()))
    return existingEnvironment`;

    const order = source.order(functions, {}, { environment: { MUSTER_JOB_ID: '7' } });
    const result = await runner.start(order).ended;

    assert.equal(result.outcome, 'completed', result.message);
    assert.ok(
      readLog().includes(JSON.stringify([['a b', 'c'], 'shot 010/1', '7', null, join(folder, 'start')])),
      readLog(),
    );
  });

  test('is fetched once, and its host is started once, for many chunks', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const functions = `
calls = []
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    self.calls.append(1)
    return "echo call %d" % len(self.calls)`;

    const messages: string[] = [];
    for (const token of ['one', 'two', 'three']) {
      const run = runner.start(source.order(functions, {}, { token }));
      const { outcome } = await run.ended;
      messages.push(outcome, /^call \d$/m.exec(run.output(0, 10_000).text)?.[0] ?? '');
    }

    assert.deepEqual(messages, ['completed', 'call 1', 'completed', 'call 2', 'completed', 'call 3']);
    assert.equal(source.fetched.length, 1);
  });

  test('says what its functions print in the log of the chunk, whatever they print and read', async (t) => {
    const source = await aSource(t);
    const { runner, readLog } = aRunner(t);
    const functions = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    import os, subprocess
    print('{"id": 1, "value": ["rm"]}')
    print("grün", file=sys.stderr)
    os.write(1, b"\\xff\\x00 raw\\n")
    subprocess.call("echo from a child; cat", shell=True)
    return "echo %d" % len(sys.stdin.read())`;

    const result = await runner.start(source.order(functions)).ended;

    assert.equal(result.outcome, 'completed', result.message);
    for (const line of ['{"id": 1, "value": ["rm"]}', 'grün', 'from a child', '0']) {
      assert.ok(readLog().split('\n').includes(line), `${line} in ${readLog()}`);
    }
  });

  test('judges the exit code and the log', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const judge = `
def onCheckExitCode(self, job, chunk, clientTemplatePreferences, exitCode):
    return MTemplateError() if exitCode == 42 else MTemplateError(exitCode, "ended with %d" % exitCode)

def onCheckLog(self, job, chunk, clientTemplatePreferences, log):
    if "warm" in log:
        return MTemplateError(1, "getting warm", MTemplateError.kTemplateErrorTypeWarning)
    return MTemplateError(1, "too hot") if "hot" in log else MTemplateError()`;
    const outcomeOf = async (script: string, python: Partial<Python> = {}) => {
      const { outcome, message, exitCode } = await runner.start(
        source.order(runs(script) + judge, python, { token: script + JSON.stringify(python) }),
      ).ended;
      return [outcome, exitCode, message];
    };

    assert.deepEqual(await outcomeOf('process.exit(42)'), ['completed', 42, '']);
    assert.deepEqual(await outcomeOf('process.exit(3)'), ['failed', 3, 'ended with 3']);
    assert.deepEqual(await outcomeOf('console.log("hot"); process.exit(42)'), ['failed', 42, 'too hot']);
    assert.deepEqual(await outcomeOf('console.log("warm"); process.exit(42)'), [
      'warning',
      42,
      'getting warm',
    ]);
    assert.deepEqual(await outcomeOf('console.log("warm"); process.exit(42)', { countsLogWarnings: false }), [
      'completed',
      42,
      '',
    ]);
  });

  test('ends a render that goes on, when it says so', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const functions = `${runs('console.log("out of ink"); setInterval(() => {}, 1000)')}
def onCheckLog(self, job, chunk, clientTemplatePreferences, log):
    if log.find("out of ink") == -1:
        return MTemplateError()
    error = MTemplateError(1, "The ink ran out", MTemplateError.kTemplateErrorTypeError)
    error.addErrorAction(MTemplateError.kTemplateErrorAbortRender)
    return error`;

    const result = await runner.start(source.order(functions)).ended;

    assert.deepEqual([result.outcome, result.message], ['failed', 'The ink ran out']);
  });

  const bad: readonly [string, string, RegExp][] = [
    [
      'loops',
      'while True:\n        pass',
      /^onBuildCommandLine of template studio did not end within 6 s and was killed$/,
    ],
    [
      'ends the process',
      'import os\n    os._exit(9)',
      /^onBuildCommandLine of template studio ended the Python process, exit code 9$/,
    ],
    [
      'kills the process',
      'import os\n    os.kill(os.getpid(), 9)',
      /^onBuildCommandLine of template studio ended the Python process, SIGKILL$/,
    ],
    [
      'raises',
      'return self.missing',
      /^onBuildCommandLine of template studio failed: line 19: AttributeError: 'Studio' object has no attribute 'missing'$/,
    ],
    [
      "writes into the agent's stream",
      'import os\n    for number in range(3, 10):\n        try:\n            os.write(number, b"garbage\\n")\n        except OSError:\n            pass\n    time.sleep(60)',
      /^onBuildCommandLine of template studio wrote into the agent's own stream and was killed$/,
    ],
  ];
  for (const [what, body, message] of bad) {
    test(`with a function that ${what} fails its chunk by name, and the next chunk renders`, async (t) => {
      const source = await aSource(t);
      const { runner } = aRunner(t);
      const functions = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    ${body}`;

      const result = await runner.start(source.order(functions, {}, { token: 'bad' })).ended;
      const next = await runner.start(source.order(runs(''), {}, { token: 'good' })).ended;

      assert.equal(result.outcome, 'failed');
      assert.match(result.message, message);
      assert.equal(next.outcome, 'completed', next.message);
    });
  }

  test('with a function that returns far too much fails its chunk by name', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const functions = `
def onBuildEnvironment(self, job, chunk, clientTemplatePreferences, existingEnvironment):
    return {"A": "x" * 17000000}`;

    const result = await runner.start(source.order(functions)).ended;

    assert.deepEqual(
      [result.outcome, result.message],
      ['failed', 'onBuildEnvironment of template studio returned too much and was killed'],
    );
  });

  test('with a function that eats memory fails its chunk, and the machine goes on', {
    skip: process.platform !== 'linux' && 'only Linux keeps the limit',
  }, async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const functions = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    return str(len(bytearray(3 * 1024 * 1024 * 1024)))`;

    const result = await runner.start(source.order(functions)).ended;

    assert.deepEqual(
      [result.outcome, result.message],
      ['failed', 'onBuildCommandLine of template studio failed: line 19: MemoryError'],
    );
  });

  test('whose host is killed in the middle of a function fails its chunk; what the function started is gone too', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const file = join(aFolder(t), 'pids');
    const functions = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    import os, subprocess
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    open(${JSON.stringify(`${file}.part`)}, "w").write("%d %d" % (os.getpid(), child.pid))
    os.rename(${JSON.stringify(`${file}.part`)}, ${JSON.stringify(file)})
    time.sleep(600)`;

    const run = runner.start(source.order(functions));
    await until(() => existsSync(file));
    const [host = 0, child = 0] = readFileSync(file, 'utf8').split(' ').map(Number);
    process.kill(host, 'SIGKILL');
    const result = await run.ended;
    await until(() => !isAlive(child));

    assert.deepEqual(
      [result.outcome, result.message],
      ['failed', 'onBuildCommandLine of template studio ended the Python process, SIGKILL'],
    );
  });

  test('that is stopped in the middle of a function is interrupted at once', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const file = join(aFolder(t), 'begun');
    const functions = `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    open(${JSON.stringify(file)}, "w").close()
    time.sleep(600)`;

    const run = runner.start(source.order(functions));
    await until(() => existsSync(file));
    run.kill();
    const result = await run.ended;

    assert.equal(result.outcome, 'interrupted');
  });

  test('whose text is not kept, or cannot be fetched, fails its chunk in words', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const lost = source.order(runs(''), { url: null }, { token: 'lost' });
    const another = source.order(runs(''), { sha256: 'f'.repeat(64) }, { token: 'another' });

    const results = await Promise.all([lost, another].map((order) => runner.start(order).ended));

    assert.deepEqual(
      results.map(({ message }) => message),
      [
        'the text of template studio is not kept any more: push it again',
        'template studio cannot be fetched: what came is not what was pushed',
      ],
    );
  });

  test('is fetched again where its file was damaged before the agent started', async (t) => {
    const source = await aSource(t);
    const { runner, folder } = aRunner(t);
    const order = source.order(runs('console.log(1)'));
    writeFileSync(join(folder, 'templates', 'files', `${order.python?.sha256}.py`), 'garbage');

    const result = await runner.start(order).ended;

    assert.equal(result.outcome, 'completed', result.message);
    assert.equal(source.fetched.length, 1);
  });

  test('is one of the 64 that stay on disk: those that were used last', async (t) => {
    const source = await aSource(t);
    const { folder } = aRunner(t);
    const files = new TemplateFiles(join(folder, 'kept'));
    const orders = Array.from({ length: 66 }, (_, number) => source.order(`# ${number}`).python as Python);
    const { signal } = new AbortController();
    for (const [number, order] of orders.entries()) {
      const file = await files.find(order, signal);
      // As if each had been used a minute after the one before.
      utimesSync(file, number * 60, number * 60);
      if (number === 60) await files.find(orders[0] as Python, signal);
    }

    const left = readdirSync(join(folder, 'kept'));

    assert.equal(left.length, 64);
    assert.deepEqual(
      [0, 1, 2, 3, 65].map((number) => left.includes(`${orders[number]?.sha256}.py`)),
      [true, false, false, true, true],
    );
  });

  test('that names no program, and a program that is not there, are told by name', async (t) => {
    const source = await aSource(t);
    const { runner } = aRunner(t);
    const command = (text: string): string => `
def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
    return "${text}"`;

    const none = await runner.start(source.order(command(''), {}, { token: 'none' })).ended;
    const missing = await runner.start(source.order(command('no-such-toon -x'), {}, { token: 'missing' }))
      .ended;

    assert.equal(
      none.message,
      'template studio names no program: neither onGetApplicationPath nor onBuildCommandLine gives one',
    );
    assert.equal(
      missing.message,
      'the program no-such-toon is not on render-1: install it there, or correct its path',
    );
  });
});
