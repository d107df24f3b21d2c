/** Tables of a text become jobs as a whole, or the first thing that is wrong is told by table, row and column. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type GivenTable, jobsOf } from '../../../shared/domain/queueImport.ts';
import type { SqlCell } from '../../../shared/domain/queueTables.ts';
import type { ImportedJob } from '../../../shared/model/queueImport.ts';

type Cells = Readonly<Record<string, SqlCell>>;

const NOW = '2026-01-02T00:00:00.000Z';
const THEN = '2026-01-01T00:00:00.000Z';

/** The least that a job needs. */
const job = (cells: Cells = {}): Cells => ({
  id: 1,
  job_type: 'job',
  job_name: 'a job',
  job_owner: 'olga',
  engine: 43,
  end_frame: 4,
  submitted_at: THEN,
  status: 1,
  ...cells,
});
const folder = (cells: Cells): Cells => job({ job_type: 'folder', status: 0, ...cells });
const chunk = (cells: Cells = {}): Cells => ({ job_id: 1, id: 1, status: 3, ...cells });
const datum = (cells: Cells = {}): Cells => ({
  job_id: 1,
  kind: 'attribute',
  name: 'command',
  value: 'x',
  ...cells,
});

/** For rows beside one that has more columns: a cell that is there has no default. */
const filler: Cells = {
  priority: 50,
  parent_id: -1,
  depend_id: '[]',
  is_number: 0,
  state: 1,
  subst: 0,
  attempt: 0,
};

function table(name: string, rows: readonly Cells[]): GivenTable {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    name,
    columns,
    rows: rows.map((row) => columns.map((column) => row[column] ?? filler[column] ?? null)),
  };
}

interface Given {
  readonly jobs?: readonly Cells[];
  readonly data?: readonly Cells[];
  readonly chunks?: readonly Cells[];
  readonly more?: readonly GivenTable[];
}

const read = ({ jobs = [job()], data = [], chunks = [], more = [] }: Given): ImportedJob[] =>
  jobsOf([table('db_jobs', jobs), table('db_jobs_data', data), table('db_chunks', chunks), ...more], NOW);

const stateOf = (given: Given) => read(given)[0]?.state;

/** What is wrong, and how it is told. */
const refusals: Readonly<Record<string, readonly [given: Given, rule: string]>> = {
  'an unknown table': [
    { more: [table('sqlite_stat1', [])] },
    'Table sqlite_stat1 is not one of the queue, which are db_jobs, db_jobs_data, db_chunks, db_logs, db_mails, db_pools, db_users, db_users_groups, db_paths',
  ],
  'an unknown column': [
    { data: [datum({ color: 'red' })] },
    'Table db_jobs_data has no column color; it has job_id, kind, name, value, is_number, state, subst',
  ],
  'a name that is missing': [
    { jobs: [job({ job_name: null })] },
    'Table db_jobs, row 1, job_name: invalid input: expected string, received null',
  ],
  'a priority beyond the largest': [
    { jobs: [job(), job({ id: 2, priority: 70_000 })] },
    'Table db_jobs, row 2, priority: too big: expected number to be <=65535',
  ],
  'a priority that is a text': [
    { jobs: [job({ priority: '5' })] },
    'Table db_jobs, row 1, priority: invalid input: expected number, received string',
  ],
  'a status that is none': [
    { jobs: [job({ status: 9 })] },
    'Table db_jobs, row 1, status: must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8; it is 9',
  ],
  'a job that is being deleted': [
    { jobs: [job({ status: 8 })] },
    'Table db_jobs, row 1, status: must be that of a status of a job that stays, for the job_type says job',
  ],
  'a folder that renders': [
    { jobs: [folder({ status: 2 })] },
    'Table db_jobs, row 1, status: must be that of folder, for the job_type says folder',
  ],
  'a flag that is neither': [
    { jobs: [job({ emergency_queue: 2 })] },
    'Table db_jobs, row 1, emergency_queue: must be 0 or 1; it is 2',
  ],
  'a list that is no JSON': [
    { jobs: [job({ depend_id: '[1' })] },
    'Table db_jobs, row 1, depend_id: must be JSON; it is "[1"',
  ],
  'an integer that no number holds': [
    { jobs: [job({ id: { other: 'the integer 9223372036854775807' } })] },
    'Table db_jobs, row 1, id: invalid input: expected number, received object',
  ],
  'a time of another form': [
    { jobs: [job({ submitted_at: '2026-01-01 00:00' })] },
    'Table db_jobs, row 1, submitted_at: invalid ISO datetime',
  ],
  'an end before the start': [
    { jobs: [job({ start_frame: 5 })] },
    'Table db_jobs, row 1, end_frame: must not be before start_frame 5; it is 4',
  ],
  'more chunks than a job may have': [
    { jobs: [job({ end_frame: 10_000_000, by_frame: 0.5 })] },
    'Table db_jobs, row 1, packet_size: gives 19999999 chunks, the most is 10000000',
  ],
  'a number of chunks that frames do not give': [
    { jobs: [job({ chunk_count: 5 })] },
    'Table db_jobs, row 1, chunk_count: must be 4, by frames and packets; it is 5',
  ],
  'more chunks handed out than there are': [
    { jobs: [job({ next_chunk: 5 })] },
    'Table db_jobs, row 1, next_chunk: must be at most 4; it is 5',
  ],
  'a job twice': [{ jobs: [job(), job()] }, 'Table db_jobs, row 2, id: 1 is there twice'],
  'a parent that is not there': [
    { jobs: [job({ parent_id: 7 })] },
    'Table db_jobs, row 1, parent_id: 7 is no folder in db_jobs',
  ],
  'a parent that is a job': [
    { jobs: [job(), job({ id: 2, parent_id: 1 })] },
    'Table db_jobs, row 2, parent_id: 1 is no folder in db_jobs',
  ],
  'folders inside each other': [
    { jobs: [folder({ id: 1, parent_id: 2 }), folder({ id: 2, parent_id: 1 })] },
    'Table db_jobs, row 1, parent_id: folder 1 is inside itself',
  ],
  'jobs that wait for each other': [
    { jobs: [job({ depend_id: '[2]' }), job({ id: 2, depend_id: '[1]' })] },
    'Table db_jobs, row 1, depend_id: jobs would wait for each other: 1 waits for 2 waits for 1',
  ],
  'a job that waits for a folder': [
    { jobs: [folder({ id: 2 }), job({ depend_id: '[2]' })] },
    'Table db_jobs, row 2, depend_id: 2 is a folder; only jobs can be waited for',
  ],
  'a chunk of no job': [
    { chunks: [chunk({ job_id: 3 })] },
    'Table db_chunks, row 1, job_id: there is no job 3 in db_jobs',
  ],
  'a chunk of a folder': [
    { jobs: [folder({})], chunks: [chunk()] },
    'Table db_chunks, row 1, job_id: 1 is a folder',
  ],
  'a chunk beyond the last': [
    { chunks: [chunk({ id: 5 })] },
    'Table db_chunks, row 1, id: must be at most 4, the chunks of job 1; it is 5',
  ],
  'a chunk twice': [{ chunks: [chunk(), chunk()] }, 'Table db_chunks, row 2, id: 1 is there twice'],
  'a chunk that is stored as waiting': [
    { chunks: [chunk({ status: 6 })] },
    'Table db_chunks, row 1, status: invalid option: expected one of "queued"|"running"|"completed"|"warning"|"failed"',
  ],
  'a message without end': [
    { chunks: [chunk({ message: 'x'.repeat(5_000) })] },
    'Table db_chunks, row 1, message: too big: expected string to have <=4096 characters',
  ],
  'a number that no store keeps': [
    { chunks: [chunk({ cpu_seconds: 1e-200 })] },
    'Table db_chunks, row 1, cpu_seconds: must be 0 or of a magnitude from 1e-130 to 1e+126',
  ],
  'an attribute twice': [
    { data: [datum(), datum()] },
    'Table db_jobs_data, row 2, name: "command" is there twice',
  ],
  'an attribute that is no number': [
    { data: [datum({ is_number: 1 })] },
    'Table db_jobs_data, row 1, value: must be a number, as is_number says; it is "x"',
  ],
  'an attribute whose name does harm': [
    { data: [datum({ name: '__proto__' })] },
    'Table db_jobs_data, row 1, name: is not a name that can be used',
  ],
  'a variable that no system takes': [
    { data: [datum(), datum({ kind: 'environment', name: 'A B' })] },
    'Table db_jobs_data, row 2, value: must be a variable name',
  ],
  'attributes that are too much together': [
    {
      data: Array.from({ length: 10 }, (_, number) =>
        datum({ name: `a${number}`, value: 'x'.repeat(30_000) }),
      ),
    },
    'Table db_jobs, row 1, attributes: must not have more than 131072 bytes in all',
  ],
  'a user with a right that is none': [
    {
      more: [
        table('db_users', [
          {
            username: 'olga',
            description: '',
            email: '',
            is_admin: 0,
            is_enabled: 1,
            user_groups: '[]',
            rights: '["fly"]',
            pools: '[]',
            maximum_priority: null,
          },
        ]),
      ],
    },
    'Table db_users, row 1, rights.0: invalid option: expected one of',
  ],
};

describe('jobs of a text', () => {
  for (const [what, [given, rule]] of Object.entries(refusals)) {
    it(`are refused with ${what}`, () => {
      assert.throws(
        () => read(given),
        ({ code, message }: { code: string; message: string }) => {
          assert.equal(code, 'import-refused');
          assert.equal(message.slice(0, rule.length), rule);
          return true;
        },
      );
    });
  }

  it('are refused without a table that they need', () => {
    assert.throws(() => jobsOf([table('db_jobs', []), table('db_chunks', [])], NOW), {
      message: 'Table db_jobs_data is missing. Nothing was changed.',
    });
  });

  it('have the defaults of a submission for columns that are missing', () => {
    const [first] = read({});

    assert.deepEqual(
      first && [
        first.spec.priority,
        first.spec.byFrame,
        first.spec.parentId,
        first.spec.platform,
        first.spec.dependIds,
      ],
      [50, 1, -1, 'any', []],
    );
    assert.deepEqual(first?.state, {
      status: 'queued',
      statusReason: 'may start',
      paused: false,
      next: 0,
      counts: { queued: 0, completed: 0, warning: 0, failed: 0 },
      startedAt: null,
      endedAt: null,
    });
  });

  it('have their attributes as they were, a number as a number', () => {
    const [first] = read({
      data: [
        datum({ value: '/mnt/show', subst: 1 }),
        datum({ name: 'samples', value: '0.1', is_number: 1, state: 0 }),
        datum({ kind: 'environment', name: 'GREETING', value: 'two\nlines' }),
      ],
    });

    assert.deepEqual(first?.spec.attributes, {
      command: { value: '/mnt/show', state: true, subst: true },
      samples: { value: 0.1, state: false, subst: false },
    });
    assert.deepEqual(first?.spec.environment, { GREETING: 'two\nlines' });
  });

  it('come after those that they wait for, whatever order the text has', () => {
    const jobs = read({
      jobs: [
        job({ id: 1, depend_id: '[3]', status: 6 }),
        job({ id: 2, depend_id: '[1]', status: 6 }),
        job({ id: 3, status: 1 }),
      ],
    });

    assert.deepEqual(
      jobs.map(({ spec, state }) => [spec.id, state.status]),
      [
        [3, 'queued'],
        [1, 'waiting'],
        [2, 'waiting'],
      ],
    );
  });

  it('wait for nobody who is not in the text', () => {
    assert.equal(stateOf({ jobs: [job({ depend_id: '[9]', status: 6 })] })?.status, 'queued');
  });

  it('are delayed until their time', () => {
    assert.equal(stateOf({ jobs: [job({ start_on: '2026-01-03T00:00:00.000Z' })] })?.status, 'delayed');
    assert.equal(stateOf({ jobs: [job({ start_on: THEN, status: 7 })] })?.status, 'queued');
  });

  it('have chunks back in the queue that were running', () => {
    const [first] = read({
      jobs: [job({ status: 2, next_chunk: 2 })],
      chunks: [chunk({ id: 2, status: 2, node_id: 5, attempt: 1 }), chunk({ id: 1, status: 4 })],
    });

    assert.deepEqual(first?.state.counts, { queued: 1, completed: 0, warning: 1, failed: 0 });
    assert.deepEqual(
      first?.chunks.map(({ index, status, nodeId, attempt }) => [index, status, nodeId, attempt]),
      [
        [0, 'warning', null, 0],
        [1, 'queued', 5, 1],
      ],
    );
  });

  it('have ended as their chunks have, whatever the text says', () => {
    const ended = (statuses: readonly number[]) =>
      stateOf({
        jobs: [job({ status: 3, next_chunk: 4, ended_at: THEN })],
        chunks: statuses.map((status, index) => chunk({ id: index + 1, status })),
      });

    assert.deepEqual(
      [ended([3, 3, 3, 3]), ended([3, 4, 3, 3]), ended([3, 4, 5, 3]), ended([3, 1, 3, 3]), ended([3, 3])].map(
        (state) => [state?.status, state?.endedAt],
      ),
      [
        ['completed', THEN],
        ['completed-with-warnings', THEN],
        ['failed', THEN],
        ['in-progress', null],
        ['in-progress', null],
      ],
    );
  });
});
