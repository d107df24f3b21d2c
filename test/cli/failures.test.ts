import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { exitCodes } from '../../cli/src/exitCodes.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, aRollcall } from './rollcall.ts';

describe('a command that fails', () => {
  it('says that nobody answers', async (t) => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');

    const { code, stdout, stderr } = await aRollcall(t).run(['list', '--url', url, '--token', 'x', '--json']);

    assert.deepEqual([code, stdout], [5, '']);
    assert.match(stderr, /^rollcall: no answer from http:.*ECONNREFUSED.*; is it running\? .*--url.*\n$/);
  });

  it('says that something else answers', async (t) => {
    const server = createServer((_, response) => response.end('<h1>It works!</h1>'));
    server.listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const { code, stderr } = await aRollcall(t).run(['list', '--url', url, '--token', 'x']);

    assert.equal(code, 5);
    assert.match(stderr, /^rollcall: http:.* answered 200, not as a dispatcher does/);
  });

  for (const [args, hint] of [
    [['lst'], /unknown command 'lst' \(Did you mean/],
    [['list', '--statis', 'failed'], /unknown option '--statis' \(Did you mean --status\?\)/],
    [['list', '--status', 'done'], /Allowed choices are waiting/],
    [['list', '--url', 'farm.example.com'], /--url.*https:\/\//],
    [['show'], /missing required argument 'id'/],
    [['show', 'x'], /It must be an id/],
    [['move', '3'], /--to <folder>/],
    [['nodes', 'frobnicate'], /too many arguments/],
    [['watch', '1', '--interval', '0'], /It must be from/],
  ] as const) {
    it(`says in one line what is wrong with: ${args.join(' ')}`, async (t) => {
      const { code, stdout, stderr } = await aRollcall(t).run(args);

      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, hint);
      assert.match(stderr, /^rollcall: [^\n]+\n$/);
    });
  }

  it('shows all commands when none is given', async (t) => {
    const { code, stderr } = await aRollcall(t).run([]);

    assert.equal(code, 2);
    assert.match(stderr, /submit a job/);
  });
});

describe('help', () => {
  it('is an answer, and names the version', async (t) => {
    const help = await aRollcall(t).run(['submit', '--help']);
    const version = await aRollcall(t).run(['--version']);

    assert.deepEqual([help.code, help.stderr], [0, '']);
    assert.match(help.stdout, /--frames <range>/);
    assert.match(help.stdout, /--json/);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  });
});

describe('output', () => {
  it('ends quietly when its reader has had enough', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.jobSubmit({ job: aJob(20_000) });

    const listing = rollcall.start(['chunks', '1', '--limit', '20000']);
    listing.process.stdout?.once('data', () => listing.process.stdout?.destroy());
    const { code, stderr } = await listing.ended;

    assert.deepEqual([code, stderr], [0, '']);
  });

  it('has colours when they are asked for, and none otherwise', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await farm.drain();

    const plain = await rollcall.run(['list']);
    const coloured = await rollcall.run(['list'], { env: { FORCE_COLOR: '1' } });

    assert.equal(plain.stdout.includes('\u{1B}'), false);
    assert.ok(coloured.stdout.includes('\u{1B}[31mfailed'));
  });
});

describe('docs/cli.md', () => {
  const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

  it('has an example of every command', async (t) => {
    const { stdout } = await aRollcall(t).run(['--help']);
    const nodes = await aRollcall(t).run(['nodes', '--help']);
    const namesIn = (help: string): string[] =>
      [...help.matchAll(/^ {2}([a-z]+)[ |].* {2,}\S/gm)].map(([, name = '']) => name);

    const wanted = [
      ...namesIn(stdout).map((name) => `$ rollcall ${name}`),
      ...namesIn(nodes.stdout)
        .filter((name) => name !== 'list')
        .map((name) => `$ rollcall nodes ${name}`),
    ].filter((text) => !text.endsWith(' help'));

    assert.ok(wanted.length > 20, String(wanted));
    assert.deepEqual(
      wanted.filter((text) => !page.includes(text)),
      [],
    );
  });

  it('has every exit code', () => {
    const rows = [...page.matchAll(/^\| +(\d+) +\|/gm)].map(([, code]) => Number(code));

    assert.deepEqual(rows, Object.values(exitCodes));
  });
});
