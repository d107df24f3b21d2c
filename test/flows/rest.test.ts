/** The reference's REST API as its clients call it: plain HTTP, their names and numbers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import { onEmbedded, startFarm, type TestFarm } from '../support/startFarm.ts';

interface Framed {
  readonly status: number;
  readonly ResponseStatus: { readonly Code: number; readonly Time: number; readonly Description: string };
  // biome-ignore lint/suspicious/noExplicitAny: what a client of the reference reads, it reads untyped
  readonly ResponseData: any;
}

async function send(
  farm: TestFarm,
  path: string,
  query: Readonly<Record<string, string>> = {},
  options: {
    readonly method?: string;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<Framed> {
  const response = await fetch(`${farm.url}/api/${path}?${new URLSearchParams(query)}`, {
    method: options.method ?? 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Framed, 'status'>) };
}

async function logIn(farm: TestFarm): Promise<string> {
  const { ResponseData } = await send(farm, 'login', { username: 'admin', password: ADMIN_PASSWORD });
  return ResponseData.authToken;
}

/** As a publisher for Maya sends it, with everything that it fills in by default. */
const mayaJob = {
  jobName: 'sh010 beauty',
  templateId: 43,
  templateVersion: 1,
  jobId: -1,
  parentId: -1,
  priority: 1,
  packetSize: 5,
  packetType: 1,
  startOn: 0,
  maximumInstances: 0,
  assignedInstances: 0,
  includedPools: [''],
  excludedPools: [''],
  dependIds: [''],
  dependMode: 0,
  dependLinkMode: 0,
  emergencyQueue: false,
  chunksPriority: '0',
  chunksInterleave: 2,
  chunksTimeoutValue: 320,
  overrideChunksTimeout: false,
  department: '',
  project: 'Rome',
  sequence: '',
  shot: '',
  camera: '',
  exitCodesErrorCheckType: 0,
  logsErrorCheckType: 0,
  overrideMinimumCores: true,
  minimumCoresValue: '4',
  overrideMailNotificationsAtJobLevel: false,
  mailNotificationsAtJobLevelType: '1',
  attributes: {
    environmental_variables: { value: "SHOW='rome', LEVEL='a b'", state: true, subst: false },
    memo: { value: 'by the publisher', state: true, subst: false },
    frames_range: { value: '1001-1020', state: true, subst: false },
    job_file: { value: '/mnt/show/a.ma', state: true, subst: true },
    by_frame: { value: 2, state: true, subst: false },
    ADD_FLAGS: { value: '/bin/true -v', state: true, subst: true },
    pre_job_action: { value: '', state: false, subst: false },
    pre_job_action_timeout: { value: 0, state: false, subst: false },
    pre_chunk_action: { value: 'mount-show', state: true, subst: true },
    pre_chunk_action_timeout: { value: '20', state: true, subst: false },
    pre_chunk_action_check_retcode: { value: 1, state: true, subst: false },
    post_job_action: { value: 'tell-artist', state: true, subst: true },
    post_chunk_action: { value: 'copy-frames', state: true, subst: true },
    post_chunk_action_timeout: { value: 0, state: true, subst: false },
  },
};

describe('the REST API', () => {
  it('logs in by the query, lists pools and templates by either method, and logs out', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha', { pools: ['gpu'] });

    const seconds = (): number => Math.floor(farm.clock.now() / 1_000);
    const earliest = seconds();
    const login = await send(farm, 'login', { username: 'admin', password: ADMIN_PASSWORD });
    const latest = seconds();
    const { authToken } = login.ResponseData;
    const pools = await send(farm, 'pools/list', { authToken }, { method: 'GET' });
    const templates = await send(farm, 'templates/list', { authToken, select: 'name' });
    const logout = await send(farm, 'logout', { authToken });
    farm.clock.advance(30_000);
    const after = await send(farm, 'pools/list', { authToken });

    const { Time, ...status } = login.ResponseStatus;
    assert.deepEqual(status, { Code: 200, Description: 'No error' });
    // In the cloud's tests time goes on by itself.
    assert.ok(earliest <= Time && Time <= latest, `${earliest} <= ${Time} <= ${latest}`);
    assert.match(authToken, /^[\w-]{24}$/);
    assert.deepEqual(pools.ResponseData.pools, [{ name: 'gpu', description: '', members: ['alpha'] }]);
    assert.deepEqual(
      templates.ResponseData.templates.map(({ id, name }: { id: number; name: string }) => [id, name])[2],
      [43, 'command'],
    );
    assert.equal(logout.status, 200);
    assert.deepEqual([after.status, after.ResponseStatus.Code], [401, 401]);
  });

  onEmbedded('asks the hooks of a template, and gives on what they say', async (t) => {
    const onValidateJobSubmission = async () => ({ kind: 'error', message: 'not today' }) as const;
    const farm = await startFarm(t, {
      templates: [{ ...commandTemplate, hooks: { onValidateJobSubmission } }],
    });
    const authToken = await logIn(farm);

    const { ResponseStatus } = await send(
      farm,
      'queue/actions',
      { authToken, name: 'submit' },
      { body: { RequestData: { platform: 0, job: mayaJob } } },
    );

    assert.match(ResponseStatus.Description, /refuses: not today\.$/);
    assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
  });

  it('takes the job of a publisher with all its defaults', async (t) => {
    const farm = await startFarm(t);
    const authToken = await logIn(farm);

    const submitted = await send(
      farm,
      'queue/actions',
      { authToken, name: 'submit' },
      { body: { RequestData: { platform: 0, job: mayaJob } } },
    );

    assert.deepEqual(submitted.ResponseData, { jobId: 1, chunksCount: 2 });
    const { job } = await farm.admin.jobGet({ id: 1 });
    assert.deepEqual(
      {
        name: job.name,
        frames: [job.startFrame, job.endFrame, job.byFrame],
        priority: job.priority,
        pools: [job.includedPools, job.excludedPools, job.dependIds],
        minimumCores: job.minimumCores,
        chunkTimeoutSeconds: job.chunkTimeoutSeconds,
        startOn: job.startOn,
        project: job.project,
        environment: job.environment,
        attributes: Object.keys(job.attributes),
        subst: job.attributes['job_file']?.subst,
        actions: job.actions,
      },
      {
        name: 'sh010 beauty',
        frames: [1001, 1020, 2],
        priority: 1,
        pools: [[], [], []],
        minimumCores: 4,
        chunkTimeoutSeconds: null,
        startOn: null,
        project: 'Rome',
        environment: { SHOW: 'rome', LEVEL: 'a b' },
        attributes: ['memo', 'job_file', 'ADD_FLAGS'],
        subst: true,
        actions: {
          beforeJob: null,
          afterJob: { command: 'tell-artist', timeoutSeconds: 300, checksExitCode: false },
          beforeChunk: { command: 'mount-show', timeoutSeconds: 20, checksExitCode: true },
          afterChunk: { command: 'copy-frames', timeoutSeconds: 300, checksExitCode: false },
        },
      },
    );
  });

  it('takes a movie of the frames where it is switched on', async (t) => {
    const farm = await startFarm(t);
    const authToken = await logIn(farm);
    const attributes = {
      scene: '/jobs/a.json',
      output: '/mnt/show/a.####.png',
      movie_assembler: { value: '1', state: true, subst: false },
      movie_assembler_output: { value: '/mnt/show/a.mov', state: true, subst: true },
      movie_assembler_framerate: { value: 0, state: true, subst: false },
      movie_assembler_template: { value: '48', state: true, subst: false },
      movie_assembler_input_flags: { value: '', state: false, subst: false },
      movie_assembler_output_flags: { value: '-an', state: true, subst: false },
    };
    const job = { jobName: 'dusk', templateId: 900, packetSize: 4, attributes };

    await send(farm, 'queue/actions', { authToken, name: 'submit' }, { body: { RequestData: { job } } });

    const made = (await farm.admin.jobGet({ id: 1 })).job;
    assert.deepEqual(Object.keys(made.attributes), ['scene', 'output']);
    assert.deepEqual(made.movie, {
      output: '/mnt/show/a.mov',
      frameRate: 25,
      codec: null,
      quality: null,
      pixelFormat: null,
      flags: '-an',
    });
  });

  it('takes numbers as text, attributes as bare values and overrides that are on', async (t) => {
    const farm = await startFarm(t);
    const authToken = await logIn(farm);
    await farm.admin.jobSubmit({ job: aJob(1) });

    await send(
      farm,
      'queue/actions',
      { authToken, name: 'submit' },
      {
        body: {
          RequestData: {
            job: {
              jobName: 'later',
              templateId: '43',
              priority: '70',
              packetSize: '2',
              packetType: 0,
              startOn: 1_767_312_000,
              includedPools: 'gpu, night',
              dependIds: ['1'],
              dependMode: 1,
              overrideChunksTimeout: 1,
              chunksTimeoutValue: 10,
              overrideValidExitCodes: true,
              validExitCodesValue: '0,3',
              attributes: { start_frame: '1', end_frame: 9, overridestatus: 2, ADD_FLAGS: '/bin/true' },
            },
          },
        },
      },
    );

    const { job } = await farm.admin.jobGet({ id: 2 });
    assert.deepEqual(
      [
        job.priority,
        job.packetSize,
        job.packetType,
        job.startOn,
        job.includedPools,
        job.dependIds,
        job.dependMode,
      ],
      [70, 2, 'multiframe', '2026-01-02T00:00:00.000Z', ['gpu', 'night'], [1], 'ended'],
    );
    assert.deepEqual(
      [job.chunkTimeoutSeconds, job.validExitCodes, job.startFrame, job.endFrame, job.paused],
      [600, [0, 3], 1, 9, true],
    );
  });

  it('lists the queue with numbers of the reference, and acts on jobs', async (t) => {
    const farm = await startFarm(t);
    const authToken = await logIn(farm);
    await farm.admin.jobSubmit({ job: aJob(2, { name: 'dusk' }) });
    const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const act = (name: string, query: Record<string, string>) =>
      send(farm, 'queue/actions', { authToken, name, ...query });
    const job = async () => (await farm.admin.jobGet({ id: 1 })).job;

    const listed = await send(farm, 'queue/list', { authToken }, { method: 'GET' });
    await act('pause', { jobId: '1' });
    const paused = await job();
    await act('resume', { id: '1' });
    await act('priority', { id: '1', priority: '90' });
    await act('reparent', { id: '1', parentId: String(folder) });
    const changed = await job();
    const deleted = await act('delete', { id: `1,${folder}` });
    const unknown = await act('explode', { id: '1' });
    const nobody = await act('pause', {});

    assert.deepEqual(
      listed.ResponseData.queue.map((entry: Record<string, unknown>) => [
        entry['jobId'],
        entry['jobName'],
        entry['jobType'],
        entry['status'],
        entry['submitter'],
        entry['dependIds'],
      ]),
      [
        [1, 'dusk', 1, 1, 'admin', []],
        [2, 'Rome', 0, 0, 'admin', []],
      ],
    );
    assert.deepEqual(
      [paused.paused, changed.paused, changed.priority, changed.parentId],
      [true, false, 90, folder],
    );
    assert.deepEqual(deleted.ResponseData, { jobIds: [1, folder] });
    assert.deepEqual([unknown.status, nobody.status], [400, 400]);
    assert.match(unknown.ResponseStatus.Description, /^name: must be one of submit, pause, /);
    assert.equal(
      nobody.ResponseStatus.Description,
      'jobId: is required: the id, or several with commas or as a list.',
    );
  });

  it('lists nodes and acts on them', async (t) => {
    const farm = await startFarm(t);
    const authToken = await logIn(farm);
    const node = await farm.addNode('alpha');

    const listed = await send(farm, 'nodes/list', { authToken });
    await send(farm, 'nodes/actions', { authToken, name: 'pause', nodeId: String(node.id) });

    const [entry] = listed.ResponseData.nodes;
    assert.deepEqual(
      [entry.id, entry.name, entry.status, entry.statusText, entry.jobId],
      [1, 'alpha', 1, 'idle', -1],
    );
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.paused, true);
  });

  it('wakes, resumes and removes nodes, and recounts a job of any length', async (t) => {
    const farm = await startFarm(t);
    const authToken = await logIn(farm);
    const capabilities = { interfaces: [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }] };
    const helper = await farm.addNode('helper', { capabilities });
    const sleeper = await farm.addNode('sleeper', { capabilities });
    await sleeper.leave();
    await farm.admin.jobSubmit({ job: aJob(20_001) });
    const act = async (name: string, id: number) =>
      (await send(farm, 'nodes/actions', { authToken, name, nodeId: String(id) })).status;

    const statuses = [
      await act('wake', sleeper.id),
      await act('pause', helper.id),
      await act('resume', helper.id),
      await act('remove', sleeper.id),
      (await send(farm, 'queue/actions', { authToken, name: 'update', jobId: '1' })).status,
    ];

    assert.deepEqual(statuses, [200, 200, 200, 200, 200]);
    await assert.rejects(farm.admin.nodeGet({ id: sleeper.id }), { code: 'not-found' });
  });

  it('answers 403 for a right that is missing and 401 for a password, a token or none', async (t) => {
    const farm = await startFarm(t);
    await farm.addUser('olga');
    const { ResponseData } = await send(farm, 'login', { username: 'olga', password: ADMIN_PASSWORD });
    const node = await farm.addNode('alpha');

    const forbidden = await send(farm, 'nodes/actions', {
      authToken: ResponseData.authToken,
      name: 'pause',
      nodeId: String(node.id),
    });
    const codes = [
      (await send(farm, 'login', { username: 'olga', password: 'wrong' })).status,
      (await send(farm, 'queue/list', { authToken: 'dead' })).status,
      (await send(farm, 'templates/list')).status,
    ];

    assert.equal(forbidden.status, 403);
    assert.match(forbidden.ResponseStatus.Description, /it needs the right manage-nodes/);
    assert.deepEqual(codes, [401, 401, 401]);
  });

  for (const [what, query, headers] of [
    ['asked for', { $format: 'xml' }, {}],
    ['sent', {}, { 'content-type': 'text/xml' }],
  ] as const) {
    it(`refuses XML that is ${what} with 415 and a clear text`, async (t) => {
      const farm = await startFarm(t);

      const answer = await send(farm, 'queue/list', query, { headers });

      assert.equal(answer.status, 415);
      assert.match(
        answer.ResponseStatus.Description,
        /xml is not spoken here; send JSON and ask for JSON\.$/,
      );
    });
  }

  for (const [what, job, description] of [
    ['a number that is none', { packetSize: 'many' }, 'job.packetSize: must be a number.'],
    [
      'several ranges',
      { attributes: { frames_range: '1-5,8' } },
      'job.attributes.frames_range: must be one range such as 1-48, 1-48x2 or 7; submit a job for each of several.',
    ],
    [
      'a mode that is none',
      { dependMode: 9 },
      'job.dependMode: must be one of 0 (success), 1 (ended), 2 (failure).',
    ],
    ['no name', {}, 'job.name: is required.'],
  ] as const) {
    it(`refuses a job with ${what} by name and rule, and submits nothing`, async (t) => {
      const farm = await startFarm(t);
      const authToken = await logIn(farm);

      const refused = await send(
        farm,
        'queue/actions',
        { authToken, name: 'submit' },
        { body: { RequestData: { job: { templateId: 43, ...job } } } },
      );

      assert.deepEqual([refused.status, refused.ResponseStatus.Description], [400, description]);
      assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
    });
  }

  it('answers 404 for a path that is not there and 400 for a body that is no JSON', async (t) => {
    const farm = await startFarm(t);

    const missing = await send(farm, 'jobs/list');
    const response = await fetch(`${farm.url}/api/queue/list`, { method: 'POST', body: '{' });

    assert.equal(missing.status, 404);
    assert.equal(response.status, 400);
  });
});
