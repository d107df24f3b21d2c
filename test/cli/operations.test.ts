import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandsOf } from '../../cli/src/operations.ts';
import { buildProgram } from '../../cli/src/program.ts';
import { operations } from '../../shared/contract/index.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, aRollcall } from './rollcall.ts';

const cli = join(import.meta.dirname, '../../cli/src');
const forPeople = operations
  .filter(({ callers }) => callers.includes('user') || callers.includes('anyone'))
  .map(({ name }) => name)
  .sort();

describe('every operation that a person may call', () => {
  it('can be called by its name', () => {
    const call = buildProgram().commands.find((command) => command.name() === 'call');

    assert.deepEqual(call?.commands.map((command) => command.name()).sort(), forPeople);
    for (const { name, input } of operations) {
      const options: ReturnType<typeof buildProgram>['options'] | undefined = call?.commands.find(
        (command) => command.name() === name,
      )?.options;
      if (options === undefined) continue;
      assert.deepEqual(
        options.map(({ long }) => long).sort(),
        ['input', ...Object.keys(input.shape).filter((field) => field !== 'password')]
          .map((field) => `--${field}`)
          .sort(),
        name,
      );
    }
  });

  it('has a command of its own that exists and calls it', () => {
    const source = globSync('**/*.ts', { cwd: cli })
      .map((file) => readFileSync(join(cli, file), 'utf8'))
      .join('\n');

    assert.deepEqual(Object.keys(commandsOf).sort(), forPeople);
    for (const [operation, commands] of Object.entries(commandsOf)) {
      assert.ok(source.includes(`client.${operation}(`), operation);
      for (const path of commands) {
        let command = buildProgram();
        for (const word of path.split(' ')) {
          const next = command.commands.find((child) => child.name() === word);
          assert.ok(next, `${operation}: there is no command ${path}`);
          command = next;
        }
      }
    }
  });
});

describe('rollcall call', () => {
  it('takes fields from options and from JSON, and answers in JSON', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.addNode('alpha');

    const made = await rollcall.run(['call', 'jobSubmit', '--job', JSON.stringify(aJob(3))]);
    const folder = await rollcall.run(
      ['call', 'jobAddFolder', '--input', '-', '--parentId', '-1', '--name', 'b'],
      { input: '{"name": "a", "owner": "bob"}' },
    );
    const log = await rollcall.run(['call', 'nodeSetRealtimeLog', '--id', '1', '--status', 'true']);
    const { job } = await farm.admin.jobGet({ id: 2 });

    assert.deepEqual(JSON.parse(made.stdout), { id: 1, chunkCount: 3 });
    assert.deepEqual(JSON.parse(folder.stdout), { id: 2 });
    assert.deepEqual([job.name, job.owner], ['b', 'bob']);
    assert.deepEqual(JSON.parse(log.stdout), { delivery: 'sent' });
    assert.equal((await farm.admin.nodeGet({ id: 1 })).node.realtimeLog, true);
  });

  it('needs no login where the operation needs none, and takes the password by JSON alone', async (t) => {
    const farm = await startFarm(t);
    const rollcall = aRollcall(t);
    const args = ['call', 'login', '--url', farm.url];
    const input = JSON.stringify({ name: 'admin', password: 'correct horse battery staple' });

    const given = await rollcall.run([...args, '--input', '-'], { input });
    const missing = await rollcall.run([...args, '--name', 'admin']);
    const option = await rollcall.run([...args, '--name', 'admin', '--password', 'x']);

    assert.match(JSON.parse(given.stdout).token, /./);
    assert.deepEqual([missing.code, option.code], [2, 2]);
    assert.match(missing.stderr, /^rollcall: login needs a password; give it by --input/);
  });

  for (const [args, hint] of [
    [['jobGet'], /jobGet needs --id, or "id" by --input/],
    [['jobGet', '--id', 'x'], /must be a number/],
    [['jobFrobnicate'], /too many arguments|unknown command/],
    [['jobEdit', '--id', '1', '--changes', '{'], /must be JSON/],
    [['nodeGetList', '--status', 'asleep'], /Allowed choices are offline/],
    [
      ['nodeSetRealtimeLog', '--id', '1', '--status', 'yes'],
      /Allowed choices are true, false|must be true or false/,
    ],
  ] as const) {
    it(`says what is wrong with: ${args.join(' ')}`, async (t) => {
      const { code, stderr } = await aRollcall(t).run(['call', ...args]);

      assert.equal(code, 2);
      assert.match(stderr, hint);
    });
  }
});
