/** A long job that has ended, with every chunk and attempt of it, written straight into the store of a farm that is not running. */
import { Database } from '../../local/store/database.ts';
import { SqliteTable } from '../../local/store/sqliteTable.ts';
import { derivedState, untouchedState } from '../../shared/actions/newJobState.ts';
import { matchClassOf } from '../../shared/domain/matchClass.ts';
import { systemClock } from '../../shared/model/clock.ts';
import { type JobSpec, jobSubmissionSchema } from '../../shared/model/job.ts';
import { historyStore } from '../../shared/store/historyStore.ts';
import { jobStore } from '../../shared/store/jobStore.ts';
import { keys } from '../../shared/store/keys.ts';
import { matchClassStore } from '../../shared/store/matchClassStore.ts';

const AT_ONCE = 5_000;
const endedAt = '2026-01-01T00:01:00.000Z';

/** Writes the job; its id is 1. */
export async function seedJob(data: string, total: number): Promise<void> {
  const database = Database.open(data);
  // Without readers of the feed: what it would say has happened long ago.
  const table = new SqliteTable(database);
  const { paused, ...fields } = jobSubmissionSchema().parse({
    name: 'a long job',
    templateId: 43,
    endFrame: total,
    attributes: { command: { value: '/bin/true' } },
  });
  const submittedAt = '2026-01-01T00:00:00.000Z';
  const origin = { id: 1, type: 'job', owner: 'admin', submittedAt } as const;
  const spec: JobSpec = { ...fields, ...origin, specVersion: 1, framesVersion: 1, hookDepth: 0, needs: null };
  for (let from = 0; from < total; from += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, total - from) }, (_, offset) => from + offset);
    await table.batchWrite('queue', { puts: indexes.map((index) => chunkItem(index, total)) });
    await historyStore(table).putAttempts(indexes.map(attemptAt), 36_500);
  }
  await matchClassStore(table, systemClock).ensure(matchClassOf(spec));
  const jobs = jobStore(table, systemClock);
  await jobs.createSpec(spec);
  await jobs.createState({
    ...untouchedState(spec, false),
    ...derivedState(spec),
    status: 'completed',
    statusReason: 'every chunk completed',
    paused,
    generation: 1,
    version: 1,
    next: total,
    counts: { queued: 0, completed: total, warning: 0, failed: 0 },
    startedAt: submittedAt,
    endedAt,
    generationSince: submittedAt,
    sweptGeneration: 0,
  });
  await table.update('farm', keys.counter('job'), { add: { last: 1 } });
  database.close();
}

const result = (index: number) => ({
  nodeId: (index % 50) + 1,
  outcome: 'completed' as const,
  startedAt: '2026-01-01T00:00:30.000Z',
  endedAt,
  exitCode: 0,
  message: `rendered frame ${index + 1}`,
  cpuSeconds: index % 97,
  peakMemoryMb: 512 + (index % 13),
});

const attemptAt = (index: number) => ({
  jobId: 1,
  generation: 1,
  chunkId: index + 1,
  attempt: 1,
  ...result(index),
});

const chunkItem = (index: number, total: number) => ({
  ...keys.chunk(1, 1, index, total),
  jobId: 1,
  generation: 1,
  index,
  status: 'completed',
  attempt: 1,
  requeueCount: 0,
  token: null,
  endedToken: `token-of-${index}`,
  version: 2,
  ...result(index),
});
