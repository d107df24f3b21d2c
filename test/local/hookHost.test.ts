/** Where hooks run on one machine: what they can do, and what those cannot do that mean no good. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { localHookHost } from '../../local/hookHost.ts';
import type { HookOutcome } from '../../shared/hookHost/hookHost.ts';
import type { HookProcesses } from '../../shared/hookHost/hookProcesses.ts';
import { itWithPython } from '../python/runPython.ts';
import { inPython, inTypescript } from '../support/hookCall.ts';

function aHost(t: TestContext): HookProcesses {
  const host = localHookHost('http://127.0.0.1:1');
  t.after(() => host.close());
  return host;
}

/** What of an outcome can be foretold. */
function told(outcome: HookOutcome): unknown {
  return outcome.kind === 'answered' ? outcome.answer : [outcome.reason, outcome.message];
}

const idling = (body: string): string => `export const hooks = { async onDispatcherIdling() { ${body} } };`;

describe('a hook in TypeScript', () => {
  it('is given its call, prints, and answers', async (t) => {
    const host = aHost(t);
    const source = `export const hooks = {
      onDispatcherOverrideImpersonationUser({ user, key }) { console.log('asked', key); return { user: user.toUpperCase() }; },
      onValidateJobSubmission() { return { error: 'no project' }; },
      onDispatcherIdling() {},
    };`;
    const override = inTypescript(source, 'onDispatcherOverrideImpersonationUser');

    const overridden = await host.callHook({ ...override, call: { ...override.call, user: 'ada' } as never });
    const refused = await host.callHook(inTypescript(source, 'onValidateJobSubmission'));
    const idle = await host.callHook(inTypescript(source));

    assert.deepEqual(overridden, {
      kind: 'answered',
      answer: { kind: 'ok', user: 'ADA' },
      output: 'asked key 1\n',
    });
    assert.deepEqual(refused, {
      kind: 'answered',
      answer: { kind: 'error', message: 'no project' },
      output: '',
    });
    assert.deepEqual(idle, { kind: 'answered', answer: { kind: 'ok' }, output: '' });
  });

  const failures: readonly (readonly [what: string, body: string, expected: readonly [string, RegExp]])[] = [
    ['that throws', "throw new TypeError('bad frame');", ['threw', /^line 1: TypeError: bad frame$/]],
    [
      'that returns what means nothing',
      'return 7;',
      ['threw', /^it must return nothing, \{ error \} or \{ user \}$/],
    ],
    ['that ends its process', 'process.exit(3);', ['crashed', /^it ended its process \(exit code 3\)$/]],
    [
      'that fills its heap',
      'for (const all = []; ; ) all.push(new Array(1_000_000).fill(1));',
      ['out-of-memory', /^it took more than 256 MB of memory/],
    ],
    [
      'that fills memory beside its heap',
      'for (const all = []; ; ) all.push(Buffer.alloc(20_000_000, 1));',
      ['out-of-memory', /^it took more than 256 MB of memory and was killed$/],
    ],
    [
      'that starts a program',
      "const { execFileSync } = await import('node:child_process'); execFileSync('ls');",
      ['threw', /^line 1: Error: Access to this API has been restricted/],
    ],
    [
      'that starts a worker',
      "const { Worker } = await import('node:worker_threads'); new Worker('0', { eval: true });",
      ['threw', /^line 1: Error: Access to this API has been restricted/],
    ],
    [
      'that reads where its parent has its secrets',
      "(await import('node:fs')).readFileSync('/proc/' + process.ppid + '/environ');",
      ['threw', /^line 1: Error: Access to this API has been restricted/],
    ],
    [
      'that kills its parent',
      'process.kill(process.ppid, 9);',
      ['threw', /^line 1: TypeError: process\.kill is not a function$/],
    ],
    [
      'that imports a package',
      "await import('left-pad');",
      ['threw', /^it imports left-pad; only node: modules and @rollcall\/client can be imported$/],
    ],
    [
      'that changes how modules are loaded',
      "await import('node:module');",
      ['threw', /^it imports node:module, which hooks cannot have$/],
    ],
    [
      'that answers by itself',
      "(await import('node:fs')).writeSync(1, 'well\\n'); await new Promise(() => setTimeout(() => {}, 60_000));",
      ['crashed', /^it wrote where only answers are written and was killed$/],
    ],
  ];
  for (const [what, body, [reason, message]] of failures) {
    it(`${what} fails alone, with the reason`, async (t) => {
      const host = aHost(t);

      const outcome = await host.callHook(inTypescript(idling(body)));
      const next = await host.callHook(inTypescript(idling('')));

      assert.equal(outcome.kind === 'failed' && outcome.reason, reason, JSON.stringify(outcome));
      assert.match(outcome.kind === 'failed' ? outcome.message : '', message);
      assert.deepEqual(told(next), { kind: 'ok' });
    });
  }

  it('that loops for ever is killed at its deadline, and the next one gets a new process', async (t) => {
    const host = aHost(t);
    const source = 'export const hooks = { onDispatcherIdling() { for (;;); }, onSubmitJob() {} };';

    const outcome = await host.callHook(inTypescript(source, 'onDispatcherIdling', { deadlineMs: 1_500 }));
    const next = await host.callHook(inTypescript(source, 'onSubmitJob'));

    assert.deepEqual(told(outcome), ['timed-out', 'it did not end within 1.5 s and was killed']);
    assert.deepEqual(told(next), { kind: 'ok' });
  });

  it('that prints megabytes has their end kept', async (t) => {
    const host = aHost(t);
    const body =
      "for (let count = 0; count < 5_000; count += 1) console.log('x'.repeat(1_000)); console.log('last');";

    const { output } = await host.callHook(inTypescript(idling(body)));

    assert.ok(output.length <= 65_536, `${output.length} characters`);
    assert.ok(output.endsWith('xxx\nlast\n'));
  });

  it('sees no environment, and none of the files of the farm', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-data-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'key'), 'secret');
    const host = aHost(t);
    const source = `import { readFileSync, writeFileSync } from 'node:fs';
      const attempt = (run) => { try { return run(); } catch (error) { return error.code; } };
      export const hooks = { onDispatcherIdling() {
        console.log(JSON.stringify([
          Object.keys(process.env),
          attempt(() => readFileSync(${JSON.stringify(join(folder, 'key'))}, 'utf8')),
          attempt(() => writeFileSync(${JSON.stringify(join(folder, 'mine'))}, 'x')),
        ]));
      } };`;

    const { output } = await host.callHook(inTypescript(source));

    assert.deepEqual(JSON.parse(output), [[], 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
    assert.equal(existsSync(join(folder, 'mine')), false);
  });

  it('knows nothing of another template that runs at the same time', async (t) => {
    const host = aHost(t);
    const source = (name: string): string =>
      `globalThis.seen = [...(globalThis.seen ?? []), '${name}'];
       export const hooks = { async onDispatcherIdling() {
         await new Promise((resolve) => setTimeout(resolve, 50));
         console.log(globalThis.seen.join());
       } };`;

    const outputs = await Promise.all(
      ['one', 'two', 'one', 'two'].map(
        async (name) => (await host.callHook(inTypescript(source(name)))).output,
      ),
    );

    assert.deepEqual(outputs, ['one\n', 'two\n', 'one\n', 'two\n']);
  });
});

describe('a hook in Python', () => {
  itWithPython('is given as much as it takes, prints, and answers', async (t) => {
    const host = aHost(t);
    const functions = `
def onDispatcherOverrideImpersonationUser(self, user):
    print("asked in", muster.runningContext())
    return user.upper()
def onValidateJobSubmission(self):
    return MTemplateError(5, "no project")
def onDispatcherIdling(self):
    return MTemplateError()`;
    const override = inPython(functions, 'onDispatcherOverrideImpersonationUser');

    const overridden = await host.callHook({ ...override, call: { ...override.call, user: 'ada' } as never });
    const refused = await host.callHook(inPython(functions, 'onValidateJobSubmission'));
    const idle = await host.callHook(inPython(functions));

    assert.deepEqual(overridden, {
      kind: 'answered',
      answer: { kind: 'ok', user: 'ADA' },
      output: 'asked in dispatcher\n',
    });
    assert.deepEqual(told(refused), { kind: 'error', message: 'no project' });
    assert.deepEqual(told(idle), { kind: 'ok' });
  });

  const failures: readonly (readonly [what: string, body: string, expected: readonly [string, RegExp]])[] = [
    ['that raises', 'raise ValueError("bad frame")', ['threw', /^line \d+: ValueError: bad frame$/]],
    [
      'that returns what means nothing',
      'return 7',
      ['threw', /^it must return nothing or an MTemplateError/],
    ],
    ['that ends Python', 'sys.exit(3)', ['threw', /^it ends the process \(sys\.exit\)$/]],
    [
      'that ends its process',
      'import os; os._exit(3)',
      ['crashed', /^it ended its process \(exit code 3\)$/],
    ],
    ['that eats memory', 'all = ["x" * 10**9]', ['out-of-memory', /MemoryError/]],
    [
      'that answers by itself',
      'import os\nfor number in range(3, 20):\n    try:\n        os.write(number, b"well\\n")\n    except OSError:\n        pass\ntime.sleep(60)',
      ['crashed', /^it wrote where only answers are written and was killed$/],
    ],
  ];
  for (const [what, body, [reason, message]] of failures) {
    itWithPython(`${what} fails alone, with the reason`, async (t) => {
      const host = aHost(t);
      const functions = `def onDispatcherIdling(self):\n${body.replaceAll(/^/gm, '    ')}\n`;

      const outcome = await host.callHook(inPython(functions));
      const next = await host.callHook(inPython('def onDispatcherIdling(self):\n    pass'));

      assert.equal(outcome.kind === 'failed' && outcome.reason, reason, JSON.stringify(outcome));
      assert.match(outcome.kind === 'failed' ? outcome.message : '', message);
      assert.deepEqual(told(next), { kind: 'ok' });
    });
  }

  itWithPython('that loops for ever is killed with what it started', async (t) => {
    const host = aHost(t);
    const functions = `
def onDispatcherIdling(self):
    import subprocess
    child = subprocess.Popen(["sleep", "600"])
    print(child.pid, flush=True)
    while True:
        pass`;

    const outcome = await host.callHook(inPython(functions, 'onDispatcherIdling', { deadlineMs: 2_000 }));

    assert.deepEqual(told(outcome), ['timed-out', 'it did not end within 2 s and was killed']);
    assert.equal(isAlive(Number(outcome.output.trim())), false);
  });

  itWithPython('sees no more of an environment than its own address and token', async (t) => {
    const host = aHost(t);
    const functions = 'def onDispatcherIdling(self):\n    import os\n    print(sorted(os.environ))';

    const { output } = await host.callHook(inPython(functions));

    assert.deepEqual(
      output
        .replaceAll(/[[\]'\n]/g, '')
        .split(', ')
        .filter((name) => name !== 'LC_CTYPE'),
      ['PYTHONDONTWRITEBYTECODE', 'PYTHONIOENCODING', 'PYTHONPATH', 'ROLLCALL_TOKEN', 'ROLLCALL_URL'],
    );
  });
});

/** A process that was killed may wait to be buried. */
function isAlive(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && readFileSync(file, 'latin1').split(' ')[2] !== 'Z';
}
