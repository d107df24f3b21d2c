import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HistoryChunk } from '../../../shared/model/history.ts';
import { isoTime } from '../../../shared/model/time.ts';
import { aJob } from '../../support/aJob.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const DAY_MS = 86_400_000;
const NEW_YEAR = Date.UTC(2026, 0, 1);

const attempt = (jobId: number, chunkId: number, endedAt: string): HistoryChunk => ({
  jobId,
  generation: 1,
  chunkId,
  attempt: 1,
  nodeId: 1,
  outcome: 'completed',
  startedAt: endedAt,
  endedAt,
  exitCode: 0,
  message: '',
  cpuSeconds: 1,
  peakMemoryMb: 1,
});

/** Attempts of 40 jobs over eighty days before the first of January, two a day and job. */
async function pastAttempts(farm: TestFarm): Promise<void> {
  const attempts = Array.from({ length: 80 }, (_, day) =>
    Array.from({ length: 40 }, (_unused, job) =>
      [1, 2].map((half) =>
        attempt(job + 1, day * 2 + half, isoTime(NEW_YEAR - (day + 1) * DAY_MS + half * 1_000)),
      ),
    ),
  ).flat(2);
  await farm.context.history.putAttempts(attempts, 365);
}

const empty = { start: null, end: null, sampleCount: 0, isComplete: true };

describe('dbGetHistoryBounds and dbGetStatisticsBounds', () => {
  it('tell of nothing on a new farm', async (t) => {
    const farm = await startFarm(t);

    assert.deepEqual(await farm.admin.dbGetHistoryBounds({}), empty);
    assert.deepEqual(await farm.admin.dbGetStatisticsBounds({}), empty);
  });

  it('tell the first, the last and the number, across months', async (t) => {
    const farm = await startFarm(t);
    await pastAttempts(farm);

    assert.deepEqual(await farm.admin.dbGetHistoryBounds({}), {
      start: '2025-10-13T00:00:01.000Z',
      end: '2025-12-31T00:00:02.000Z',
      sampleCount: 6_400,
      isComplete: true,
    });
  });

  it('tell of what ended on the farm, and of its samples', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(3) });
    for (let work = await alpha.claim(); work !== null; work = await alpha.report())
      farm.clock.advance(1_000);
    await farm.drain();
    for (let minute = 0; minute < 3; minute += 1) {
      farm.clock.advance(60_000);
      await farm.tick();
    }

    assert.deepEqual(await farm.admin.dbGetHistoryBounds({}), {
      start: '2026-01-01T00:00:01.000Z',
      end: '2026-01-01T00:00:03.000Z',
      sampleCount: 3,
      isComplete: true,
    });
    assert.deepEqual(await farm.admin.dbGetStatisticsBounds({}), {
      start: '2026-01-01T00:01:00.000Z',
      end: '2026-01-01T00:03:00.000Z',
      sampleCount: 3,
      isComplete: true,
    });
  });
});

describe('dbClearHistoryBounds', () => {
  const november = { start: '2025-11-01T00:00:00.000Z', end: '2025-11-30T23:59:59.999Z' };

  it('clears a first part, says what remains, and the tick does the rest', async (t) => {
    const farm = await startFarm(t);
    await pastAttempts(farm);

    const answer = await farm.admin.dbClearHistoryBounds({
      start: '2025-10-20T00:00:00.000Z',
      end: '2025-12-30T23:59:59.999Z',
    });
    const between = await farm.admin.dbGetHistoryBounds({});
    await farm.tick();
    const after = await farm.admin.dbGetHistoryBounds({});
    const counts = await farm.tick();

    assert.ok(answer.removedCount >= 1_900 && answer.removedCount <= 2_100, String(answer.removedCount));
    assert.equal(answer.remaining?.end, '2025-12-30T23:59:59.999Z');
    assert.equal(between.sampleCount, 6_400 - answer.removedCount);
    assert.deepEqual(after, {
      start: '2025-10-13T00:00:01.000Z',
      end: '2025-12-31T00:00:02.000Z',
      sampleCount: 8 * 80,
      isComplete: true,
    });
    assert.equal(counts.clearSamples, 0);
  });

  it('clears what lies between, both ends included, and nothing else', async (t) => {
    const farm = await startFarm(t);
    await farm.context.history.putAttempts(
      [
        attempt(1, 1, '2025-10-31T23:59:59.999Z'),
        attempt(1, 2, november.start),
        attempt(2, 1, '2025-11-15T12:00:00.000Z'),
        attempt(1, 3, november.end),
        attempt(17, 1, '2025-12-01T00:00:00.000Z'),
      ],
      365,
    );

    const answer = await farm.admin.dbClearHistoryBounds(november);
    const again = await farm.admin.dbClearHistoryBounds(november);
    const left = await farm.admin.dbGetHistoryBounds({});

    assert.deepEqual(answer, { removedCount: 3, remaining: null });
    assert.deepEqual(again, { removedCount: 0, remaining: null });
    assert.deepEqual(left, {
      start: '2025-10-31T23:59:59.999Z',
      end: '2025-12-01T00:00:00.000Z',
      sampleCount: 2,
      isComplete: true,
    });
  });

  it('leaves jobs and chunks as they are', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await farm.drain();
    const before = [await farm.admin.jobGet({ id: jobId }), await farm.admin.chunkGetList({ jobId })];

    await farm.admin.dbClearHistoryBounds({ start: november.start, end: '9999-12-31T23:59:59.999Z' });

    const after = [await farm.admin.jobGet({ id: jobId }), await farm.admin.chunkGetList({ jobId })];
    assert.deepEqual(after, before);
    assert.deepEqual((await farm.admin.chunkGetHistory({ jobId })).attempts, []);
  });

  it('goes on after a crash before any of its writes, by the tick or by the same call', async (t) => {
    const all = { start: '2025-10-01T00:00:00.000Z', end: '2025-12-31T23:59:59.999Z' };
    for (const helper of ['tick', 'call'] as const) {
      for (let before = 0; ; before += 1) {
        const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
        await farm.context.history.putAttempts(
          [attempt(1, 1, '2025-10-31T00:00:00.000Z'), attempt(2, 1, '2025-11-30T00:00:00.000Z')],
          365,
        );
        farm.writes.crashAfter(before);
        const outcome = await farm.admin.dbClearHistoryBounds(all).then(
          () => 'done' as const,
          () => 'crashed' as const,
        );
        farm.writes.calm();
        if (outcome === 'done') break;

        if (helper === 'call') await farm.admin.dbClearHistoryBounds(all);
        else await farm.tick();

        const { sampleCount } = await farm.admin.dbGetHistoryBounds({});
        // Its first write notes the request, the second what is to be cleared: before that nobody knows of it.
        const isKnown = helper === 'call' || before > 1;
        assert.equal(sampleCount, isKnown ? 0 : 2, `${helper} after ${before} writes`);
        await farm.tick();
        assert.equal((await farm.context.statistics.look({ consistent: true })).clearings.length, 0);
        await farm.close();
      }
    }
  });

  it('refuses an end before the start', async (t) => {
    const farm = await startFarm(t);

    await assert.rejects(farm.admin.dbClearHistoryBounds({ start: november.end, end: november.start }), {
      code: 'invalid-input',
      message: 'end: must not be before start 2025-11-30T23:59:59.999Z; it is 2025-11-01T00:00:00.000Z.',
    });
  });
});

describe('dbClearStatisticsBounds', () => {
  it('clears samples between two times, both included', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await alpha.claim();
    for (let minute = 0; minute < 6; minute += 1) {
      farm.clock.advance(60_000);
      await alpha.heartbeat();
      await farm.tick();
    }

    const answer = await farm.admin.dbClearStatisticsBounds({
      start: '2026-01-01T00:02:00.000Z',
      end: '2026-01-01T00:04:00.000Z',
    });

    const { samples } = await farm.admin.dbGetStatistics({});
    assert.deepEqual(answer, { removedCount: 3, remaining: null });
    assert.deepEqual(
      samples.map(({ at }) => at.slice(14, 16)),
      ['01', '05', '06'],
    );
  });

  it('lets counters begin anew with the next sample if the last is among them', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.systemResetStatisticsCounters({});
    await farm.admin.jobSubmit({ job: aJob(2) });
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await farm.drain();
    farm.clock.advance(60_000);
    await farm.tick();

    await farm.admin.dbClearStatisticsBounds({
      start: '2026-01-01T00:00:00.000Z',
      end: '2026-01-02T00:00:00.000Z',
    });
    const none = await farm.admin.dbGetStatisticsBounds({});
    farm.clock.advance(60_000);
    await farm.tick();

    const { samples } = await farm.admin.dbGetStatistics({});
    assert.equal(none.sampleCount, 0);
    assert.deepEqual(
      samples.map(({ at, countersSince, chunksCompleted }) => ({ at, countersSince, chunksCompleted })),
      [
        {
          at: '2026-01-01T00:02:00.000Z',
          countersSince: '2026-01-01T00:02:00.000Z',
          chunksCompleted: 0,
        },
      ],
    );
  });
});
