import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { itWithPython } from '../../python/runPython.ts';
import { type anOrder, scriptOrder } from './orders.ts';
import { aRunner, isAlive, until } from './realRunner.ts';

type Actions = NonNullable<ReturnType<typeof anOrder>['actions']>;
type Action = Actions['after'][number];

const script = (what: Action['what'], text: string, fields: Partial<Action> = {}): Action => ({
  what,
  program: process.execPath,
  arguments: ['--eval', text],
  timeoutSeconds: 60,
  checksExitCode: true,
  ...fields,
});
const actions = (before: Action[], after: Action[] = []): Actions => ({
  before,
  after,
  variables: { MUSTER_JOB_ID: '7', MUSTER_NAME: 'of Muster' },
});

/** What inline Python of an action is about. */
const aboutJob = {
  isInProgram: false,
  isOfChunk: true,
  job: { id: 7, name: 'shot 010', attributes: {}, environment: {} },
};

describe('the actions of a job on a node', { timeout: 60_000 }, () => {
  it('run around the program, with its environment and folder, in the log of the chunk', async (t) => {
    const { runner, folder, readLog } = aRunner(t);
    const tell = (what: string) =>
      `console.log(${JSON.stringify(what)}, process.env.MUSTER_JOB_ID, process.env.MUSTER_NAME, process.env.A, process.cwd())`;
    const order = scriptOrder(tell('program'), {
      environment: { A: 'a', MUSTER_NAME: 'of the job' },
      startingFolder: folder,
      actions: actions(
        [script('before-job', tell('one')), script('before-chunk', tell('two'))],
        [script('after-chunk', tell('three'))],
      ),
    });

    const result = await runner.start(order).ended;

    assert.equal(result.outcome, 'completed');
    const lines = readLog()
      .split('\n')
      .filter((line) => !line.startsWith('[') && line !== '');
    assert.deepEqual(lines, [
      `one 7 of the job a ${folder}`,
      `two 7 of the job a ${folder}`,
      `program undefined of the job a ${folder}`,
      `three 7 of the job a ${folder}`,
    ]);
  });

  it('fail the chunk before its program when one before it fails', async (t) => {
    const { runner, folder, readLog } = aRunner(t);
    const made = join(folder, 'made');
    const order = scriptOrder(`require('fs').writeFileSync(${JSON.stringify(made)}, '')`, {
      actions: actions([
        script('before-job', 'process.exit(3)'),
        script('before-chunk', 'console.log("no")'),
      ]),
    });

    const result = await runner.start(order).ended;

    assert.equal(result.outcome, 'failed');
    assert.equal(result.message, 'the before-job action ended with exit code 3');
    assert.equal(existsSync(made), false);
    assert.doesNotMatch(readLog(), /^no$/m);
  });

  it('fail a chunk whose program has ended well, and do not run after one that has not', async (t) => {
    const good = aRunner(t);
    const bad = aRunner(t);
    const after = actions([], [script('after-chunk', 'console.log("acts"); process.exit(4)')]);

    const ofGood = await good.runner.start(scriptOrder('', { actions: after })).ended;
    const ofBad = await bad.runner.start(scriptOrder('process.exit(2)', { actions: after })).ended;

    assert.deepEqual(
      [ofGood.outcome, ofGood.message],
      ['failed', 'the after-chunk action ended with exit code 4'],
    );
    assert.deepEqual([ofBad.outcome, ofBad.message], ['failed', 'exit code 2']);
    assert.doesNotMatch(bad.readLog(), /^acts$/m);
  });

  it('may end with any code if the job says so', async (t) => {
    const { runner } = aRunner(t);
    const lenient = script('before-chunk', 'process.exit(9)', { checksExitCode: false });

    const result = await runner.start(scriptOrder('', { actions: actions([lenient]) })).ended;

    assert.equal(result.outcome, 'completed');
  });

  it('are stopped with all that they started when their time is over', async (t) => {
    const { runner, folder } = aRunner(t);
    const note = join(folder, 'child');
    const endless = `
      const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
      require('fs').writeFileSync(${JSON.stringify(note)}, String(child.pid));
      setInterval(() => {}, 1000);`;
    const order = scriptOrder('', {
      actions: actions([script('before-chunk', endless, { timeoutSeconds: 2 })]),
    });

    const result = await runner.start(order).ended;

    assert.equal(result.outcome, 'failed');
    assert.equal(result.message, 'the before-chunk action did not end within 2 s and was stopped');
    assert.equal(isAlive(Number(readFileSync(note, 'utf8'))), false);
  });

  it('that cannot be started fail the chunk with the reason', async (t) => {
    const { runner } = aRunner(t);
    const missing = script('before-chunk', '', { program: '/nowhere/tool' });

    const result = await runner.start(scriptOrder('', { actions: actions([missing]) })).ended;

    assert.equal(
      result.message,
      'the before-chunk action cannot be run on render-1: spawn /nowhere/tool ENOENT',
    );
  });

  it('are ended by a stop of the chunk, which then was interrupted', async (t) => {
    for (const [before, after] of [
      [true, false],
      [false, true],
    ]) {
      const { runner, folder } = aRunner(t);
      const note = join(folder, 'begun');
      const endless = script(
        'before-chunk',
        `require('fs').writeFileSync(${JSON.stringify(note)}, String(process.pid)); setInterval(() => {}, 1000)`,
      );
      const run = runner.start(
        scriptOrder('', { actions: actions(before ? [endless] : [], after ? [endless] : []) }),
      );
      await until(() => existsSync(note));

      run.kill();
      const result = await run.ended;

      assert.equal(result.outcome, 'interrupted');
      assert.equal(isAlive(Number(readFileSync(note, 'utf8'))), false);
    }
  });

  itWithPython('have their inline Python carried out, word by word', async (t) => {
    const { runner, readLog } = aRunner(t);
    const action = script('before-chunk', 'console.log(JSON.stringify(process.argv.slice(1)))');
    const order = scriptOrder('', {
      actions: actions([
        {
          ...action,
          arguments: [
            ...action.arguments,
            '<%= job.getName() %>',
            'C:\\plain',
            '<% muster.expressionPrint("frame %.0f" % chunk.getStartFrame()) %>',
          ],
        },
      ]),
      expressions: aboutJob,
    });

    const result = await runner.start(order).ended;

    assert.equal(result.message, '');
    assert.match(readLog(), /^\["shot 010","C:\\\\plain","frame 1"\]$/m);
  });

  itWithPython('fail the chunk by what is wrong with their inline Python', async (t) => {
    const { runner } = aRunner(t);
    const order = scriptOrder('', {
      actions: actions([script('after-chunk', '', { arguments: ['<%= 1 / 0 %>'] })]),
      expressions: aboutJob,
    });

    const result = await runner.start(order).ended;

    assert.equal(
      result.message,
      'the after-chunk action cannot be run on render-1: its inline Python failed: <%= 1 / 0 %> failed: ZeroDivisionError: division by zero',
    );
  });

  it('with inline Python fail on a node without Python, and say so', async (t) => {
    const { runner, folder } = aRunner(t, { ...process.env, PATH: '/nowhere' });
    writeFileSync(join(folder, 'marker'), '');
    const order = scriptOrder('', {
      actions: actions([script('before-chunk', '', { arguments: ['<%= 1 %>'] })]),
      expressions: aboutJob,
    });

    const result = await runner.start(order).ended;

    assert.equal(
      result.message,
      'the before-chunk action cannot be run on render-1: its inline Python cannot be called: python3 is not on render-1: install it there, or name another with --python',
    );
  });
});
