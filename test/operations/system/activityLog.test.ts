import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toStreamEvent } from '../../../shared/store/streamRecords.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const nameNow = ({ clock }: TestFarm): string =>
  `activity-${new Date(clock.now()).toISOString().slice(0, 10)}.log`;

async function lines(farm: TestFarm, search: object = {}): Promise<string[]> {
  const { text } = await farm.admin.systemGetActivityLog({ name: nameNow(farm), ...search });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.slice(25));
}

describe('the activity log', () => {
  it('tells the story of a job, and of its chunks that went wrong', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    farm.clock.advance(1_000);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    farm.clock.advance(1_000);
    await node.claim();
    farm.clock.advance(1_000);
    await node.report({ outcome: 'failed', exitCode: 7, message: 'out of memory' });
    while (node.work !== null) {
      farm.clock.advance(1_000);
      await node.report();
    }
    await farm.drain();
    farm.clock.advance(1_000);
    await farm.admin.jobReinit({ id });
    await farm.drain();

    assert.deepEqual(await lines(farm), [
      '- node-registered node 1, idle',
      '- job-added job 1: 2 chunks',
      '- job-started job 1',
      '- chunk-failed chunk 1 of job 1, attempt 1 on node 1: out of memory; now queued',
      '- job-ended job 1 completed: every chunk completed',
      '- job-reinitialised job 1: generation 2, 2 chunks, queued',
      '- job-started job 1',
    ]);
  });

  it('tells which nodes fell silent, what they held, and that they are back', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const other = await farm.addNode('beta');
    await farm.admin.jobSubmit({ job: aJob(1) });
    farm.clock.advance(1_000);
    await node.claim();
    await farm.drain();
    farm.clock.advance(91_000);
    await farm.tick();
    await farm.drain();
    await other.leave();
    farm.clock.advance(1_000);
    await farm.admin.systemSwapEngineStatus({});
    farm.clock.advance(5_000);
    node.work = null;
    await node.claim();
    await farm.drain();

    const found = await lines(farm);
    assert.deepEqual(found.filter((line) => /silent|lost|left|back/.test(line)).sort(), [
      '- chunk-interrupted chunk 1 of job 1, attempt 2 on node 2: its node left at 2026-01-01T00:01:32.000Z; now queued',
      '- chunk-lost chunk 1 of job 1, attempt 1 on node 1: node 1 was silent beyond its lease; now queued',
      '- node-back node 1 is heard of again, idle',
      '- node-left node 2, last heard of at this time; it held chunk 1 of job 1',
      '- node-silent node 1 was silent beyond its lease; it held chunk 1 of job 1',
    ]);
  });

  it('tells of exclusions, settings, the engine, soft restarts and scans', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 9 }) });
    await node.claim();
    for (let failure = 0; failure < 3; failure += 1) {
      farm.clock.advance(1_000);
      await node.report({ outcome: 'failed', exitCode: 1 });
    }
    await farm.drain();
    farm.clock.advance(1_000);
    await farm.admin.systemSwapEngineStatus({});
    farm.clock.advance(1_000);
    await farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 1 }, store: false });
    farm.clock.advance(1_000);
    await farm.admin.systemSoftRestart({});
    farm.clock.advance(1_000);
    await farm.admin.systemStartNodesNetworkScan({});
    await farm.drain();

    const found = await lines(farm);
    assert.deepEqual(
      found.filter((line) => /exclud|settings|restart|scan/.test(line)),
      [
        '- node-excluded node 1 (alpha) from job 1: 3 failures in a row',
        '- settings-changed engineRunning true -> false',
        '- settings-changed historyDays 90 -> 30',
        '- settings-changed historyDays 30 -> 90',
        '- soft-restart number 1',
        '- nodes-scan started by admin',
      ],
    );
  });

  it('has each line once although the feed repeats itself, late and on another day', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await node.leave();
    const name = nameNow(farm);
    const records = farm.table.readFeed('projector', 1_000);
    await farm.drain();
    const read = async () => (await farm.admin.systemGetActivityLog({ name })).text;
    const before = await read();

    farm.clock.advance(86_400_000);
    await farm.sources.projector(toStreamEvent(records, (table) => table));

    assert.ok(before.split('\n').length > 5, before);
    assert.equal(await read(), before);
  });

  it('is searched by event and text, and removed', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    const byEvent = await lines(farm, { operation: 'job-added' });
    const byText = await lines(farm, { text: 'NODE 1' });
    const name = nameNow(farm);
    const listed = await farm.admin.systemGetActivityLogsList({});
    farm.clock.advance(1_000);

    await farm.admin.systemRemoveActivityLog({ name });

    assert.deepEqual(byEvent, ['- job-added job 1: 1 chunks']);
    assert.deepEqual(byText, ['- node-registered node 1, idle']);
    assert.deepEqual(listed.names, [name]);
    assert.deepEqual(await lines(farm), []);
  });

  it('of a day without any is not found', async (t) => {
    const farm = await startFarm(t);
    const name = 'activity-2020-02-30.log';

    await assertRefusedWhole(farm, 'systemGetActivityLog', 'not-found', { what: 'log', id: name }, { name });
    await assertRefusedWhole(
      farm,
      'systemRemoveActivityLog',
      'not-found',
      { what: 'log', id: name },
      { name },
    );
  });
});
