import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { HOOK_QUEUE } from '../../local/farm.ts';
import type { HookAnswer, HookCall, Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { untilGone } from '../support/backups.ts';
import { passMinute } from '../support/passMinute.ts';
import { exportedText, importUntilReady } from '../support/queueImports.ts';
import { onEmbedded, startFarm, type TestFarm } from '../support/startFarm.ts';

type ChunkCall = HookCall<'onValidateChunkDependancies'>;

const refuse = (message: string): HookAnswer => ({ kind: 'error', message });
const agree: HookAnswer = { kind: 'ok' };

/** A template whose chunks start when it is told to let them, by their number. */
function aGate(answer: (chunkId: number) => HookAnswer): {
  template: Template;
  asked: ChunkCall[];
  answerWith: (next: (chunkId: number) => HookAnswer) => void;
  /** Numbers of the chunks that were asked about since the last time. */
  takeAsked: () => number[];
} {
  const asked: ChunkCall[] = [];
  let given = answer;
  let taken = 0;
  const onValidateChunkDependancies = async (call: ChunkCall): Promise<HookAnswer> => {
    asked.push(call);
    return given(call.chunk.chunkId);
  };
  return {
    template: { ...commandTemplate, hooks: { onValidateChunkDependancies } },
    asked,
    answerWith(next) {
      given = next;
    },
    takeAsked() {
      const numbers = asked.slice(taken).map(({ chunk }) => chunk.chunkId);
      taken = asked.length;
      return numbers;
    },
  };
}

async function statuses(farm: TestFarm, id: number): Promise<string[]> {
  return (await farm.admin.chunkGetList({ jobId: id })).chunks.map(({ status }) => status);
}

describe('onValidateChunkDependancies', () => {
  onEmbedded('lets the chunks start that it agrees to, and no others; claims ask nothing', async (t) => {
    const { template, asked, takeAsked } = aGate((chunkId) =>
      chunkId === 2 ? agree : refuse('its cache is not there'),
    );
    const farm = await startFarm(t, { templates: [template] });
    const node = await farm.addNode('alpha');
    await farm.admin.nodePause({ id: node.id });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    const askedFirst = takeAsked();
    const [first] = asked;
    const whileItWaits = await statuses(farm, id);
    await farm.admin.nodeResume({ id: node.id });
    const work = await node.claim();
    await node.report();
    await node.claim();
    await farm.drain();

    assert.deepEqual(askedFirst, [1, 2, 3]);
    assert.deepEqual(whileItWaits, ['waiting', 'queued', 'waiting']);
    assert.deepEqual(
      [first?.key, first?.job.id, first?.job.status, first?.chunk.chunkId, first?.chunk.status],
      [`${id}:1:0:1:onValidateChunkDependancies`, id, 'queued', 1, 'waiting'],
    );
    assert.equal(work?.packet.startFrame, 2);
    assert.deepEqual(takeAsked(), []);
    assert.deepEqual(await statuses(farm, id), ['waiting', 'completed', 'waiting']);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'in-progress');
  });

  onEmbedded('is asked again by the minute about what it has refused, until the job has ended', async (t) => {
    const { template, answerWith, takeAsked } = aGate((chunkId) =>
      chunkId === 2 ? refuse('not yet') : agree,
    );
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    takeAsked();
    await passMinute(farm);
    const askedByTick = takeAsked();
    answerWith(() => agree);
    await passMinute(farm);
    const askedLast = takeAsked();
    await passMinute(farm);
    const askedAfterwards = takeAsked();
    const node = await farm.addNode('alpha');
    for (let chunk = 0; chunk < 3; chunk += 1) {
      await node.claim();
      await node.report({ wantsNext: false });
    }
    await farm.drain();

    assert.deepEqual([askedByTick, askedLast, askedAfterwards], [[2], [2], []]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });

  onEmbedded('says of each chunk and of the job what is missing, the first twenty in full', async (t) => {
    const { template } = aGate((chunkId) => refuse(`no cache ${chunkId}, ${'x'.repeat(300)}.`));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(400) });
    await farm.drain();
    const ofTheFirst = (await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.message;
    const ofAnother = (await farm.admin.chunkGetList({ jobId: id, limit: 30 })).chunks[20]?.message;
    const unasked = (await farm.admin.chunkGet({ jobId: id, chunkId: 400 })).chunk.message;
    await passMinute(farm);
    const ofTheLast = (await farm.admin.chunkGet({ jobId: id, chunkId: 400 })).chunk.message;
    const { job, runs } = await farm.admin.jobExplain({ id });

    const said = 'onValidateChunkDependancies of its template says: no cache 1, xxx';
    assert.deepEqual([ofTheFirst.slice(0, said.length), ofTheFirst.length], [said, 200]);
    assert.equal(ofAnother, 'onValidateChunkDependancies of its template has refused it');
    assert.equal(unasked, 'its template was not asked about it yet');
    assert.equal(ofTheLast, 'onValidateChunkDependancies of its template has refused it');
    assert.deepEqual([runs, job.length], [false, 21]);
    assert.equal(job[0], `chunk 1: ${ofTheFirst}`);
    assert.equal(job[20], '180 more: onValidateChunkDependancies of its template has refused it');
  });

  onEmbedded('is asked about the next few hundred chunks, and about more as they are used up', async (t) => {
    const { template, asked, takeAsked } = aGate(() => agree);
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1_000) });
    await farm.drain();
    const ahead = takeAsked();
    await passMinute(farm);
    const atRest = takeAsked();
    const node = await farm.addNode('alpha');
    await node.claim();
    for (let chunk = 0; chunk < 149; chunk += 1) await node.report();
    await farm.drain();
    const beforeTheMark = takeAsked();
    await node.report();
    await farm.drain();
    const atTheMark = takeAsked();

    assert.deepEqual([ahead.length, ahead[0], ahead[299]], [300, 1, 300]);
    assert.deepEqual([atRest, beforeTheMark], [[], []]);
    assert.deepEqual([atTheMark.length, atTheMark[0], atTheMark.at(-1)], [151, 301, 451]);
    assert.equal(new Set(asked.map(({ key }) => key)).size, 451);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.queued, 300);
  });

  onEmbedded('is asked about no more than so many a minute, and about all in turn', async (t) => {
    const { template, answerWith, takeAsked } = aGate(() => refuse('not yet'));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1_000) });
    await farm.drain();
    const perMinute = [takeAsked().length];
    for (let minute = 0; minute < 8; minute += 1) {
      await passMinute(farm);
      perMinute.push(takeAsked().length);
    }
    answerWith((chunkId) => (chunkId === 777 ? agree : refuse('not yet')));
    for (let minute = 0; minute < 4; minute += 1) await passMinute(farm);

    assert.deepEqual(perMinute, [300, 500, 500, 300, 500, 500, 400, 500, 500]);
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 777 })).chunk.status, 'queued');
  });

  onEmbedded('that fails keeps a chunk waiting or lets it pass, as the farm says', async (t) => {
    const { template, takeAsked } = aGate(() => {
      throw new Error('no database');
    });
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(100) });
    await farm.drain();
    const askedWhileBroken = takeAsked().length;
    const waiting = await statuses(farm, id);
    const { message } = (await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk;
    const [failure] = (await farm.admin.templateGetHookFailures({})).failures;
    await farm.admin.systemSetConfiguration({ configuration: { failedHooksPass: true, version: 0 } });
    await passMinute(farm);

    assert.ok(askedWhileBroken >= 10 && askedWhileBroken < 20, `${askedWhileBroken} calls that failed`);
    assert.deepEqual(new Set(waiting), new Set(['waiting']));
    assert.equal(message, 'onValidateChunkDependancies of its template says: no database');
    assert.deepEqual(
      [failure?.key, failure?.message, failure?.count],
      ['43:onValidateChunkDependancies', 'no database', askedWhileBroken],
    );
    assert.deepEqual(new Set(await statuses(farm, id)), new Set(['queued']));
  });

  onEmbedded('is asked again after an edit, and anew after a reinit', async (t) => {
    const { template, asked, takeAsked } = aGate((chunkId) => (chunkId === 1 ? agree : refuse('not yet')));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.drain();
    takeAsked();
    await farm.admin.jobEdit({ id, changes: { priority: 70 } });
    await farm.drain();
    const afterEdit = takeAsked();
    await farm.admin.jobReinit({ id });
    await farm.drain();

    assert.deepEqual(afterEdit, [2]);
    assert.deepEqual(takeAsked(), [1, 2]);
    assert.deepEqual(
      asked.slice(-2).map(({ key }) => key.split(':').slice(0, 3).join(':')),
      [`${id}:2:0`, `${id}:2:1`],
    );
    assert.deepEqual(await statuses(farm, id), ['queued', 'waiting']);
  });

  onEmbedded('is asked about the chunks of other frames after an edit of them', async (t) => {
    const { template, takeAsked } = aGate(() => refuse('not yet'));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.drain();
    takeAsked();
    await farm.admin.jobEdit({ id, changes: { endFrame: 4 } });
    await farm.drain();

    assert.deepEqual(takeAsked(), [1, 2, 3, 4]);
  });

  onEmbedded('is not asked while a job waits for others or for its time, or is paused', async (t) => {
    const { template, takeAsked } = aGate(() => agree);
    const farm = await startFarm(t, { templates: [template, { ...commandTemplate, id: 9_001 }] });
    const parent = await farm.admin.jobSubmit({ job: aJob(1, { templateId: 9_001 }) });
    const startOn = '2030-01-01T00:00:00.000Z';
    const waits = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent.id] }) });
    const delayed = await farm.admin.jobSubmit({ job: aJob(1, { startOn }) });
    const paused = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    await passMinute(farm);
    const askedWhileNoneMayStart = takeAsked();
    await farm.admin.jobEdit({ id: paused.id, changes: { paused: false } });
    await farm.drain();
    const askedOnResume = takeAsked();
    await farm.admin.jobEdit({ id: delayed.id, changes: { startOn: null } });
    await farm.drain();
    const askedInTime = takeAsked();
    await farm.admin.jobDelete({ id: parent.id });
    await farm.drain();

    assert.deepEqual([askedWhileNoneMayStart, askedOnResume, askedInTime, takeAsked()], [[], [1], [1], [1]]);
    assert.deepEqual(await statuses(farm, waits.id), ['queued']);
  });

  onEmbedded('comes after the word of onValidateJobDependancies', async (t) => {
    const { template, takeAsked } = aGate(() => agree);
    let mayStart = false;
    const onValidateJobDependancies = async (): Promise<HookAnswer> =>
      mayStart ? agree : refuse('no licence server');
    const farm = await startFarm(t, {
      templates: [{ ...template, hooks: { ...template.hooks, onValidateJobDependancies } }],
    });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    await passMinute(farm);
    const askedBefore = takeAsked();
    mayStart = true;
    await passMinute(farm);

    assert.deepEqual([askedBefore, takeAsked()], [[], [1]]);
    assert.deepEqual(await statuses(farm, id), ['queued']);
  });

  onEmbedded('leaves alone what somebody set by hand', async (t) => {
    const { template, takeAsked } = aGate(() => refuse('not yet'));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    takeAsked();
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });
    await passMinute(farm);

    assert.deepEqual(takeAsked(), [3]);
    assert.deepEqual(await statuses(farm, id), ['queued', 'completed', 'waiting']);
  });

  onEmbedded('is made good by the tick after a crash between any two writes', async (t) => {
    for (let survived = 0; ; survived += 1) {
      const { template } = aGate(() => agree);
      const farm = await startFarm(t, { templates: [template] });
      const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
      farm.writes.crashAfter(survived);
      await farm.drain();
      const isOver = !farm.logged.some(({ event }) => event === 'record-failed');
      farm.writes.calm();
      // What failed is not tried again: the tick is alone with it.
      farm.clock.advance(31_000);
      const failed = await farm.queues.receive(HOOK_QUEUE, 10);
      await farm.queues.delete(
        HOOK_QUEUE,
        failed.map(({ receiptHandle }) => receiptHandle),
      );
      await passMinute(farm);
      await passMinute(farm);
      const { job } = await farm.admin.jobGet({ id });
      const node = await farm.addNode('alpha');
      await node.claim();
      for (let chunk = 0; chunk < 3; chunk += 1) await node.report();
      await farm.drain();

      assert.equal(job.counts.queued, 3, `after ${survived} writes`);
      assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
      await farm.close();
      if (isOver) break;
    }
  });

  onEmbedded('that the template has lost holds nothing back', async (t) => {
    const data = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
    t.after(() => rmSync(data, { recursive: true, force: true }));
    const { template } = aGate((chunkId) => (chunkId === 2 ? agree : refuse('not yet')));
    const former = await startFarm(t, { templates: [template], data });
    const { id } = await former.admin.jobSubmit({ job: aJob(3) });
    await former.drain();
    await former.close();
    const other = { ...aGate(() => agree).template, id: 9_001 };
    const farm = await startFarm(t, { templates: [commandTemplate, other], data });
    await passMinute(farm);
    const node = await farm.addNode('alpha');
    await node.claim();
    for (let chunk = 0; chunk < 3; chunk += 1) await node.report();
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });

  onEmbedded('is asked about chunks that follow others when those have completed', async (t) => {
    const { template, answerWith, takeAsked } = aGate((chunkId) =>
      chunkId === 2 ? refuse('not yet') : agree,
    );
    const farm = await startFarm(t, { templates: [template, { ...commandTemplate, id: 9_001 }] });
    const parent = await farm.admin.jobSubmit({ job: aJob(4, { templateId: 9_001, priority: 99 }) });
    const chunks = { dependIds: [parent.id], dependLinkMode: 'chunks' } as const;
    const { id } = await farm.admin.jobSubmit({ job: aJob(4, chunks) });
    await passMinute(farm);
    const whileNoneIsDone = takeAsked();
    const complete = async (chunkId: number): Promise<number[]> => {
      await farm.admin.chunkSetStatus({ jobId: parent.id, chunkId, status: 'completed' });
      await farm.drain();
      return takeAsked();
    };
    const asParentsComplete = [await complete(3), await complete(2)];
    const reasons = (await farm.admin.chunkGetList({ jobId: id })).chunks.map(({ message }) => message);
    await passMinute(farm);
    const byTheMinute = takeAsked();
    await farm.admin.jobEdit({ id, changes: { priority: 70 } });
    await farm.drain();
    const afterEdit = takeAsked();
    const whileParentRuns = await statuses(farm, id);
    answerWith(() => agree);
    await passMinute(farm);
    const agreed = takeAsked();
    await complete(1);
    const last = await complete(4);

    assert.deepEqual([whileNoneIsDone, asParentsComplete], [[], [[3], [2]]]);
    assert.deepEqual(reasons, [
      '',
      'onValidateChunkDependancies of its template says: not yet',
      'its template has let it start',
      '',
    ]);
    assert.deepEqual([byTheMinute, afterEdit, agreed, last], [[2], [2], [2], [4]]);
    assert.deepEqual(whileParentRuns, ['waiting', 'waiting', 'queued', 'waiting']);
    assert.deepEqual(await statuses(farm, id), ['queued', 'queued', 'queued', 'queued']);
  });

  onEmbedded('is asked about what became free while a job that follows was paused', async (t) => {
    const { template, takeAsked } = aGate(() => agree);
    const farm = await startFarm(t, { templates: [template, { ...commandTemplate, id: 9_001 }] });
    const parent = await farm.admin.jobSubmit({ job: aJob(2, { templateId: 9_001 }) });
    const chunks = { dependIds: [parent.id], dependLinkMode: 'chunks' } as const;
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { ...chunks, paused: true }) });
    await farm.admin.chunkSetStatus({ jobId: parent.id, chunkId: 1, status: 'completed' });
    await passMinute(farm);
    const whilePaused = takeAsked();
    await farm.admin.jobEdit({ id, changes: { paused: false } });
    await farm.drain();

    assert.deepEqual([whilePaused, takeAsked()], [[], [1]]);
    assert.deepEqual(await statuses(farm, id), ['queued', 'waiting']);
  });

  onEmbedded(
    'is asked about all the chunks that its parents let start, however many it refuses',
    async (t) => {
      const { template, asked, answerWith } = aGate(() => refuse('not yet'));
      const farm = await startFarm(t, { templates: [template, { ...commandTemplate, id: 9_001 }] });
      // One frame of the parent's second chunk is beyond those of the child, so the parent goes on holding it up.
      const parent = await farm.admin.jobSubmit({
        job: aJob(700, { templateId: 9_001, packetSize: 699 }),
      });
      const chunks = { dependIds: [parent.id], dependLinkMode: 'chunks' } as const;
      const { id } = await farm.admin.jobSubmit({ job: aJob(699, chunks) });
      await farm.admin.chunkSetStatus({ jobId: parent.id, chunkId: 1, status: 'completed' });
      await farm.drain();
      const askedFirst = new Set(asked.map(({ chunk }) => chunk.chunkId)).size;
      answerWith(() => agree);
      for (let minute = 0; minute < 4; minute += 1) await passMinute(farm);

      assert.equal(askedFirst, 699);
      assert.equal((await farm.admin.jobGet({ id })).job.counts.queued, 699);
    },
  );

  onEmbedded('goes on with a job that comes back from the archive', async (t) => {
    const { template, answerWith, takeAsked } = aGate((chunkId) =>
      chunkId === 1 ? agree : refuse('not yet'),
    );
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ wantsNext: false });
    await node.leave();
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    await farm.drain();
    await farm.admin.backupJobAndDelete({ id });
    await untilGone(farm);
    await farm.admin.backupRestoreJob({ id });
    await farm.drain();
    takeAsked();
    answerWith(() => agree);
    await farm.admin.jobEdit({ id, changes: { paused: false } });
    await farm.drain();

    assert.deepEqual(takeAsked(), [2, 3]);
    assert.deepEqual(await statuses(farm, id), ['completed', 'queued', 'queued']);
  });

  onEmbedded('is asked about a job that comes with an import', async (t) => {
    const { template, takeAsked } = aGate((chunkId) => (chunkId === 3 ? agree : refuse('not yet')));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    const sql = await exportedText(farm);
    await farm.admin.jobDelete({ id });
    await farm.drain();
    takeAsked();
    await importUntilReady(farm, { sql });
    await passMinute(farm);

    assert.deepEqual(new Set(takeAsked()), new Set([1, 2]));
    assert.deepEqual(await statuses(farm, id), ['waiting', 'waiting', 'queued']);
  });

  onEmbedded(
    'counts for a job that is given its template before it has begun, and no longer without',
    async (t) => {
      const { template, takeAsked } = aGate(() => refuse('not yet'));
      const farm = await startFarm(t, { templates: [template, { ...commandTemplate, id: 9_001 }] });
      const { id } = await farm.admin.jobSubmit({ job: aJob(2, { templateId: 9_001 }) });
      await farm.drain();
      const before = await statuses(farm, id);
      await farm.admin.jobEdit({ id, changes: { templateId: 43 } });
      await farm.drain();
      const gated = [takeAsked(), await statuses(farm, id)];
      await farm.admin.jobEdit({ id, changes: { templateId: 9_001 } });
      await farm.drain();
      const node = await farm.addNode('alpha');

      assert.deepEqual(before, ['queued', 'queued']);
      assert.deepEqual(gated, [
        [1, 2],
        ['waiting', 'waiting'],
      ]);
      assert.notEqual(await node.claim(), null);
    },
  );

  onEmbedded('holds no chunk back that a dead node had', async (t) => {
    const { template } = aGate((chunkId) => (chunkId === 1 ? agree : refuse('not yet')));
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.drain();
    const node = await farm.addNode('alpha');
    await node.claim();
    await passMinute(farm);
    await passMinute(farm);
    await passMinute(farm);

    assert.deepEqual(await statuses(farm, id), ['queued', 'waiting']);
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.counts.queued, job.runningCount], [1, 0]);
  });
});
