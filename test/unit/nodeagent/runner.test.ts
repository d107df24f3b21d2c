import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { endLeftover, noteRunning } from '../../../nodeagent/src/runner/leftover.ts';
import { aFolder } from '../../support/folders.ts';
import { anOrder, scriptOrder } from './orders.ts';
import { aRunner, isAlive, until } from './realRunner.ts';

/** Starts a grandchild that ignores SIGTERM, writes both process numbers to a file and stays. */
const stubbornTree = (file: string, detached = false): string => `
  process.on('SIGTERM', () => {});
  const child = require('node:child_process').spawn(process.execPath, ['--eval', \`
    process.on('SIGTERM', () => {});
    require('node:fs').writeFileSync(${JSON.stringify(file)} + '.part', String(process.ppid) + ' ' + process.pid);
    require('node:fs').renameSync(${JSON.stringify(file)} + '.part', ${JSON.stringify(file)});
    setInterval(() => {}, 1000);
  \`], { stdio: 'inherit', detached: ${detached} });
  setInterval(() => {}, 1000);
`;

const processesIn = (file: string): number[] => readFileSync(file, 'utf8').split(' ').map(Number);

/** Nothing of a file that is gone or not ours. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

suite('a run', { timeout: 60_000, concurrency: 4 }, () => {
  test('that exits with a valid code is completed', async (t) => {
    const { runner, readLog } = aRunner(t);

    const run = runner.start(scriptOrder('console.log("hello"); console.error("there")'));
    const result = await run.ended;

    assert.equal(result.outcome, 'completed');
    assert.equal(result.exitCode, 0);
    assert.match(readLog(), /^\[rollcall\] job 7 "shot 010", chunk 1 /);
    assert.match(readLog(), /^hello$/m);
    assert.match(readLog(), /^there$/m);
    assert.match(readLog(), /\[rollcall\] completed after \d+\.\d s, exit code 0\n$/);
  });

  test('whose turn has not come waits for it, and is interrupted if it is killed meanwhile', async (t) => {
    const { runner, readLog } = aRunner(t);

    const soon = await runner.start({ ...scriptOrder('console.log("hello")'), startAfterSeconds: 0.2 }).ended;
    const run = runner.start({ ...scriptOrder('console.log("never")'), startAfterSeconds: 600 });
    await until(() =>
      run.output(0, 10_000).text.includes('[rollcall] starts in 600.0 s: its template keeps starts apart'),
    );
    run.kill();
    const killed = await run.ended;

    assert.deepEqual([soon.outcome, killed.outcome], ['completed', 'interrupted']);
    assert.doesNotMatch(readLog(), /^never$/m);
  });

  test('takes arguments as they are and sees no shell', async (t) => {
    const { runner, readLog } = aRunner(t);

    const words = ['$HOME', '; exit 3', '"quoted"', 'two words', ''];
    await runner.start(
      anOrder({ arguments: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', ...words] }),
    ).ended;

    assert.ok(readLog().includes(JSON.stringify(words)));
  });

  test('sees the environment of the agent without the agent’s own, and that of the order', async (t) => {
    const { runner, readLog } = aRunner(t, {
      PATH: process.env['PATH'],
      LICENCE: 'server-1',
      ROLLCALL_JOIN_TOKEN: 'very secret',
    });

    await runner.start(
      scriptOrder('console.log(JSON.stringify(process.env))', { environment: { FRAME: '12' } }),
    ).ended;

    assert.ok(readLog().includes('"LICENCE":"server-1"'));
    assert.ok(readLog().includes('"FRAME":"12"'));
    assert.ok(!readLog().includes('very secret'));
  });

  test('starts in the starting folder', async (t) => {
    const { runner, readLog } = aRunner(t);
    const startingFolder = aFolder(t);

    await runner.start(scriptOrder('console.log("in:" + process.cwd())', { startingFolder })).ended;

    assert.ok(readLog().includes(`in:${startingFolder}\n`));
  });

  test('fails when the starting folder is not there', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(scriptOrder('', { startingFolder: '/no/such/folder' })).ended;

    assert.equal(result.outcome, 'failed');
    assert.equal(result.exitCode, null);
    assert.match(result.message, /starting folder \/no\/such\/folder does not exist on render-1/);
  });

  test('fails when its program is not on the machine, and says what to do', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(anOrder({ program: 'no-such-renderer' })).ended;

    assert.equal(result.outcome, 'failed');
    assert.equal(result.exitCode, null);
    assert.match(result.message, /no-such-renderer is not on render-1: install it there/);
  });

  test('fails when its program may not be run', async (t) => {
    const { runner } = aRunner(t);
    const program = join(aFolder(t), 'render');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o600);

    const result = await runner.start(anOrder({ program })).ended;

    assert.equal(result.outcome, 'failed');
    assert.match(result.message, /may not be run on render-1: make it executable/);
  });

  test('fails when an argument cannot be passed', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(anOrder({ arguments: ['zero\0byte'] })).ended;

    assert.equal(result.outcome, 'failed');
    assert.match(result.message, /cannot be started on render-1/);
  });

  test('fails when it asks for a program of the agent that there is not', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(anOrder({ program: 'rollcall:constructor' })).ended;

    assert.equal(result.outcome, 'failed');
    assert.match(result.message, /does not know the program rollcall:constructor/);
  });

  test('fails when a pattern is no regular expression', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(scriptOrder('', { checks: { errorPatterns: ['('] } })).ended;

    assert.equal(result.outcome, 'failed');
    assert.match(result.message, /the error pattern of the template cannot be used/);
  });

  test('fails when a signal ended it', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(scriptOrder('process.kill(process.pid, "SIGSEGV")')).ended;

    assert.equal(result.outcome, 'failed');
    assert.equal(result.exitCode, null);
    assert.match(result.message, /was ended by SIGSEGV/);
  });

  test('that takes longer than its limit is ended and timed out', async (t) => {
    const { runner } = aRunner(t);

    const result = await runner.start(scriptOrder('setInterval(() => {}, 1000)', { timeoutSeconds: 1 }))
      .ended;

    assert.equal(result.outcome, 'timed-out');
    assert.equal(result.message, 'did not end within 1 seconds');
  });

  test('tells its progress', async (t) => {
    const { runner } = aRunner(t);

    const run = runner.start(
      scriptOrder('console.log("frame 3 of 4"); setInterval(() => {}, 1000)', {
        checks: { progressPattern: 'frame (\\d+) of (\\d+)' },
      }),
    );

    await until(() => run.progress() === 0.75);
    run.kill();
    await run.ended;
  });

  test('that is killed takes grandchildren with it that ignore SIGTERM', async (t) => {
    const { runner, folder } = aRunner(t);
    const file = join(folder, 'processes');
    const run = runner.start(scriptOrder(stubbornTree(file)));
    await until(() => existsSync(file));

    run.kill();
    const result = await run.ended;

    assert.equal(result.outcome, 'interrupted');
    assert.deepEqual(processesIn(file).filter(isAlive), []);
  });

  test('that is killed takes a grandchild with it that left the process group', {
    skip: process.platform !== 'linux' && 'only Linux tells who the parents are',
  }, async (t) => {
    const { runner, folder } = aRunner(t);
    const file = join(folder, 'processes');
    const run = runner.start(scriptOrder(stubbornTree(file, true)));
    await until(() => existsSync(file));

    run.kill();
    await run.ended;

    assert.deepEqual(processesIn(file).filter(isAlive), []);
  });

  test('that ends leaves no process behind that holds its output', async (t) => {
    const { runner, folder } = aRunner(t);
    const file = join(folder, 'processes');
    const script = `${stubbornTree(file)}
      setInterval(() => require('node:fs').existsSync(${JSON.stringify(file)}) && process.exit(0), 10);`;

    const result = await runner.start(scriptOrder(script)).ended;

    assert.equal(result.outcome, 'completed');
    assert.deepEqual(processesIn(file).filter(isAlive), []);
  });

  test('that is killed at once does not start, or is ended', async (t) => {
    const { runner } = aRunner(t);

    const run = runner.start(scriptOrder('setInterval(() => {}, 1000)'));
    run.kill();
    const result = await run.ended;

    assert.equal(result.outcome, 'interrupted');
  });

  test('keeps beginning and end of 50 MB of output and says how much it dropped', async (t) => {
    const { runner, readLog } = aRunner(t);
    const script = `
      const line = 'x'.repeat(99) + '\\n';
      process.stdout.write('the very first line\\n');
      for (let i = 0; i < 50; i += 1) process.stdout.write(line.repeat(10_000));
      process.stdout.write('the very last line\\n');`;

    const result = await runner.start(scriptOrder(script, { checks: { errorPatterns: ['^ERROR'] } })).ended;

    const log = readLog();
    assert.equal(result.outcome, 'completed');
    assert.ok(log.length <= 4 * 1_024 * 1_024 + 1_024, `${log.length}`);
    assert.ok(log.length >= 4 * 1_000 * 1_000, `${log.length}`);
    assert.match(log, /^the very first line$/m);
    assert.match(log, /^the very last line$/m);
    const dropped = Number(/\[rollcall\] (\d+) bytes of output dropped here/.exec(log)?.[1]);
    assert.ok(dropped > 45_000_000 && dropped < 50_000_000, `${dropped}`);
  });

  test('goes on when a pattern takes for ever on a line', async (t) => {
    const { runner, readLog } = aRunner(t);

    const result = await runner.start(
      scriptOrder('console.log("a".repeat(4000) + "b"); console.log("done 100%")', {
        checks: { progressPattern: '(\\d+)%', errorPatterns: ['(a+)+$'] },
      }),
    ).ended;

    assert.equal(result.outcome, 'failed');
    assert.match(result.message, /the error pattern .* takes too long on a line of the output/);
    assert.match(readLog(), /^\[rollcall\] the error pattern/m);
    assert.match(readLog(), /^done 100%$/m);
  });

  test('measures processor time and memory of the whole tree', {
    skip: process.platform !== 'linux' && 'only Linux tells',
  }, async (t) => {
    const { runner } = aRunner(t);
    // Busy by its own processor time, and then there until it has surely been looked at, however busy the machine is.
    const busy = `const hog = Buffer.alloc(64 << 20, 1); while (process.cpuUsage().user < 600_000); setTimeout(() => hog.at(0), 3_000)`;
    const script = `require('node:child_process').spawnSync(process.execPath, ['--eval', ${JSON.stringify(busy)}])`;

    const result = await runner.start(scriptOrder(script)).ended;

    assert.ok((result.cpuSeconds ?? 0) > 0.3, `${result.cpuSeconds}`);
    assert.ok((result.peakMemoryMb ?? 0) > 64, `${result.peakMemoryMb}`);
  });
});

suite('the priority of a run', { timeout: 60_000 }, () => {
  /** A process with a thread of its own and a child, both of which it tells to be there. */
  const tree = `
    const { spawn } = require('node:child_process');
    new (require('node:worker_threads').Worker)('setInterval(() => {}, 1000)', { eval: true }).once('online', () => {
      spawn(process.execPath, ['--eval', 'console.log("there"); setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    });`;
  const nicenessOfThreads = (folder: string): Set<string> => {
    const { mark } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
    const lines = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => textOf(`/proc/${pid}/environ`).includes(mark))
      .flatMap((pid) =>
        execFileSync('ps', ['-L', '-o', 'ni=', '-p', pid], { encoding: 'utf8' }).trim().split(/\s+/),
      );
    return new Set(lines);
  };

  test('is that of the node, in all processes and threads, and follows it', async (t) => {
    if (process.platform !== 'linux') return t.skip('reads /proc');
    const { runner, folder, said } = aRunner(t);
    const run = runner.start(scriptOrder(tree), 'below-normal');
    await until(() => run.output(0, 10_000).text.includes('\nthere\n'));
    assert.deepEqual(nicenessOfThreads(folder), new Set(['10']));

    run.setPriority('low');
    assert.deepEqual(nicenessOfThreads(folder), new Set(['19']));

    run.kill();
    await run.ended;
    assert.deepEqual(said, []);
  });

  test('that may not be raised is told, and the run goes on', (t) => {
    if (process.platform !== 'linux') return t.skip('the right to raise it is one of Linux');
    const agent = join(import.meta.dirname, '..', '..', '..', 'nodeagent', 'src');
    const script = `
      const { ProcessRunner } = await import(${JSON.stringify(join(agent, 'runner', 'runner.ts'))});
      const { FileRunLogs } = await import(${JSON.stringify(join(agent, 'runLogs.ts'))});
      const folder = ${JSON.stringify(aFolder(t))};
      const say = (line) => console.log(line);
      const logs = new FileRunLogs(folder + '/logs', say);
      const runner = new ProcessRunner({ folder, nodeName: 'render-1', logs, environment: {}, say });
      const { outcome } = await runner.start(${JSON.stringify(scriptOrder(''))}, 'high').ended;
      console.log(outcome);`;
    // The superuser is refused nothing, unless the right itself is taken away.
    const withoutRight =
      process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-sys_nice', '--bounding-set=-sys_nice'] : ['env'];
    const [program = '', ...words] = [
      ...withoutRight,
      process.execPath,
      '--input-type=module',
      '--eval',
      script,
    ];

    const text = execFileSync(program, words, { encoding: 'utf8' });

    assert.match(
      text,
      /^the process of job 7 goes on with the priority that it has, high is not allowed here: permission denied\ncompleted\n$/,
    );
  });
});

suite('a render that a killed agent left over', { timeout: 60_000 }, () => {
  test('is ended before work is taken', async (t) => {
    const { runner, folder, said } = aRunner(t);
    const file = join(folder, 'processes');
    const run = runner.start(scriptOrder(stubbornTree(file)));
    await until(() => existsSync(file));

    await endLeftover(folder, (line) => said.push(line));

    assert.deepEqual(processesIn(file).filter(isAlive), []);
    assert.ok(said.some((line) => line.startsWith('ends a render that an earlier agent left running')));
    assert.ok(!existsSync(join(folder, 'running.json')));
    await run.ended;
  });

  test('is found even when the agent was killed in the moment it started it', {
    skip: process.platform !== 'linux' && 'only Linux tells the environment of a process',
  }, async (t) => {
    const folder = aFolder(t);
    const mark = noteRunning(folder);
    const render = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], {
      env: { ...process.env, ROLLCALL_RUN: mark },
      detached: true,
    });
    t.after(() => render.kill('SIGKILL'));
    await once(render, 'spawn');

    await endLeftover(folder, () => {});

    assert.ok(!isAlive(render.pid ?? 0));
  });

  test('is told from other renders', async (t) => {
    const { runner } = aRunner(t);
    const folder = aFolder(t);
    noteRunning(folder);
    const run = runner.start(
      scriptOrder('console.log("50%"); setInterval(() => {}, 1000)', {
        checks: { progressPattern: '(\\d+)%' },
      }),
    );
    await until(() => run.progress() === 0.5);

    await endLeftover(folder, () => assert.fail('nothing is left over'));

    run.kill();
    assert.equal((await run.ended).outcome, 'interrupted');
    assert.ok(!existsSync(join(folder, 'running.json')));
  });
});

suite('rollcall:tracer', { timeout: 60_000 }, () => {
  test('is the program that comes with the agent', async (t) => {
    const { runner, readLog } = aRunner(t);

    const result = await runner.start(
      anOrder({
        program: 'rollcall:tracer',
        arguments: ['--nonsense=1'],
        checks: { errorPatterns: ['^Error: '] },
      }),
    ).ended;

    assert.equal(result.outcome, 'failed');
    assert.equal(result.exitCode, 2);
    assert.match(readLog(), /^Error: /m);
  });
});
