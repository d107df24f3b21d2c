import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Job } from '../../client/src/generated.ts';
import { aJob } from '../support/aJob.ts';
import { until } from '../support/realFarm.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, type Rollcall } from './rollcall.ts';

const OFTEN = ['--interval', '0.05'];
/** Only what is told is seen. */
const SELDOM = ['--interval', '3600'];

describe('rollcall watch', () => {
  it('prints a line a change and ends with the job', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { name: 'sh010' }) });
    const node = await farm.addNode('alpha');

    const watching = rollcall.start(['watch', String(id), ...OFTEN]);
    await watching.until((text) => text.includes('queued'));
    await node.claim();
    await watching.until((text) => text.includes('on 1 node'));
    farm.clock.advance(72_000);
    await node.report();
    await watching.until((text) => text.includes('1/2 chunks'));
    await node.report();
    await farm.drain();
    const { code, lines, stderr } = await watching.ended;

    assert.deepEqual([code, stderr], [0, '']);
    assert.match(
      lines[0] ?? '',
      new RegExp(`^\\d\\d:\\d\\d:\\d\\d {2}${id} {2}sh010 {2}queued {2}0/2 chunks$`),
    );
    assert.match(lines.at(-1) ?? '', / completed {2}2\/2 chunks, took 1 min 12 s$/);
    assert.equal(new Set(lines).size, lines.length);
  });

  it('ends with 7 when a job failed, and tells it in JSON line by line', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
    const other = await farm.admin.jobSubmit({ job: aJob(1, { name: 'other' }) });
    const node = await farm.addNode('alpha');

    const watching = rollcall.start(['watch', String(id), String(other.id), '--json', ...OFTEN]);
    await watching.until((text) => text.split('\n').length > 2);
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await node.report();
    await farm.drain();
    const { code, lines } = await watching.ended;
    const seen = lines.map(
      (line) => JSON.parse(line) as { job: Job; secondsLeft: number; isDeleted: boolean },
    );

    assert.equal(code, 7);
    assert.equal(seen.findLast(({ job }) => job.id === id)?.job.status, 'failed');
    assert.equal(seen.findLast(({ job }) => job.id === other.id)?.job.status, 'completed');
    assert.deepEqual(seen.at(-1)?.secondsLeft, 0);
  });

  it('ends with 3 when a job is deleted, and at once when there is none', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const watching = rollcall.start(['watch', String(id), ...OFTEN]);
    await watching.until((text) => text.includes('queued'));
    await farm.admin.jobDelete({ id });
    const deleted = await watching.ended;
    const none = await rollcall.run(['watch', '99']);

    assert.equal(deleted.code, 3);
    assert.match(deleted.lines.at(-1) ?? '', / deleted /);
    assert.deepEqual([none.code, none.stderr], [3, 'rollcall: There is no job 99.\n']);
  });

  it('refuses a folder, which never ends', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });

    const { code, stderr } = await rollcall.run(['watch', String(id)]);

    assert.equal(code, 2);
    assert.match(stderr, /is a folder; .*rollcall list --parent 1/);
  });

  it('ends with 130 on Ctrl-C and says that the work goes on', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const watching = rollcall.start(['watch', String(id), ...OFTEN]);
    await watching.until((text) => text.includes('queued'));
    watching.process.kill('SIGINT');
    const { code, stderr } = await watching.ended;

    assert.equal(code, 130);
    assert.match(stderr, /the work goes on\. Watch again: rollcall watch 1/);
  });

  it('ends in the moment in which the job does, however seldom it looks', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');

    const watching = rollcall.start(['watch', String(id), ...SELDOM]);
    const connection = await aSubscriber(farm);
    await node.claim();
    await farm.push();
    await watching.until((text) => text.includes('on 1 node'));
    await node.report();
    await farm.drain();
    await farm.push();
    const { code, lines, stderr } = await watching.ended;

    assert.deepEqual([code, stderr], [0, '']);
    assert.match(lines.at(-1) ?? '', / completed /);
    assert.deepEqual(connection.subscriptions, { jobs: { ids: [id] } });
    assert.match(connection.version, /^rollcall\/\d+\.\d+\.\d+$/);
  });

  it('looks again when it is connected again, so that it misses no end', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');

    const watching = rollcall.start(['watch', String(id), ...SELDOM]);
    const connection = await aSubscriber(farm);
    await node.claim();
    await farm.push();
    await watching.until((text) => text.includes('on 1 node'));
    farm.live.disconnect(connection.id);
    await node.report();
    await farm.drain();
    const { code, lines, stderr } = await watching.ended;

    assert.deepEqual([code, stderr], [0, '']);
    assert.match(lines.at(-1) ?? '', / completed /);
  });

  it('says why its connection was ended and goes on', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const watching = rollcall.start(['watch', String(id), ...SELDOM]);
    const connection = await aSubscriber(farm);
    await farm.admin.clientForceDisconnection({ id: connection.id });
    await farm.push();
    await watching.untilNoted('connecting again');
    await farm.admin.jobDelete({ id });
    const { code, stderr } = await watching.ended;

    assert.equal(code, 3);
    assert.match(stderr, /^The dispatcher has ended the connection: .+; connecting again\n$/);
  });

  it('looks every so often where there are no WebSockets, and says so once', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const proxy = await aProxy(t, farm.url, () => false);

    const watching = rollcall.start([
      ...['watch', String(id), '--url', proxy.url, '--token', tokenOf(rollcall)],
      ...OFTEN,
    ]);
    await watching.untilNoted('looking every');
    await node.claim();
    await watching.until((text) => text.includes('on 1 node'));
    await node.report();
    await farm.drain();
    const { code, lines, stderr } = await watching.ended;

    assert.equal(code, 0);
    assert.match(lines.at(-1) ?? '', / completed /);
    assert.equal(
      stderr,
      `Changes are not told, there is no WebSocket at ${new URL(proxy.url).host}; looking every 0.05 s\n`,
    );
  });

  it('survives a dispatcher that is away for a moment', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();
    let isAway = false;
    const proxy = await aProxy(t, farm.url, () => isAway);

    const watching = rollcall.start([
      'watch',
      String(id),
      '--url',
      proxy.url,
      '--token',
      tokenOf(rollcall),
      ...OFTEN,
    ]);
    await watching.until((text) => text.includes('in-progress'));
    isAway = true;
    await proxy.refused;
    isAway = false;
    await node.report();
    await farm.drain();
    const { code, lines } = await watching.ended;

    assert.equal(code, 0);
    assert.match(lines.at(-1) ?? '', / completed /);
  });

  it('follows what was just submitted', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const submitting = rollcall.start(['submit', '-', '--wait', '--json', ...OFTEN], {
      input: JSON.stringify(aJob(1, { maximumChunksRequeue: 0 })),
    });
    await submitting.until((text) => text.includes('queued'));
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await farm.drain();
    const { code, lines } = await submitting.ended;

    assert.equal(code, 7);
    assert.deepEqual(JSON.parse(lines[0] ?? ''), { id: 1, chunkCount: 1 });
    assert.equal(JSON.parse(lines.at(-1) ?? '').job.status, 'failed');
  });
});

/** The connection of a command line, once it is subscribed. */
const aSubscriber = (farm: TestFarm) =>
  until('it is subscribed', async () =>
    (await farm.context.connections.listAll()).find(
      ({ subscriptions }) => Object.keys(subscriptions).length > 0,
    ),
  );

const tokenOf = ({ config }: Rollcall): string =>
  JSON.parse(readFileSync(join(config, 'rollcall', 'credentials.json'), 'utf8')).token;

/** Passes reads on to a farm, but no WebSockets, or drops the connection as a dispatcher does that is started anew. */
async function aProxy(
  t: TestContext,
  farmUrl: string,
  isAway: () => boolean,
): Promise<{ readonly url: string; readonly refused: Promise<void> }> {
  const { promise: refused, resolve: onRefused } = Promise.withResolvers<void>();
  let dropped = 0;
  const server = createServer(async (request, response) => {
    if (isAway()) {
      request.socket.destroy();
      dropped += 1;
      // More than a request is repeated by itself.
      if (dropped === 5) onRefused();
      return;
    }
    const answer = await fetch(new URL(request.url ?? '', farmUrl), {
      headers: { authorization: request.headers.authorization ?? '' },
    });
    const text = (await answer.text()).replaceAll(new URL(farmUrl).host, request.headers.host ?? '');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, refused };
}
