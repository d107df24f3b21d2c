/** A request that comes twice under one token has the effect of one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operations } from '../../client/src/generated.ts';
import { operations } from '../../shared/contract/index.ts';
import { aConnection } from '../support/aConnection.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { assertUnchanged, changedItems, farmState } from '../support/farmState.ts';
import { assertRefusedWhole } from '../support/refusal.ts';
import { sharedFarm } from '../support/sharedFarm.ts';
import { startFarm } from '../support/startFarm.ts';
import { waitsForFeed, whileDraining } from '../support/whileDraining.ts';

type Name = keyof Operations;
type Input<N extends Name> = Operations[N]['input'];

const farm = await sharedFarm();
const submit = async (chunks = 2): Promise<number> => (await farm.admin.jobSubmit({ job: aJob(chunks) })).id;
const addFolder = async (): Promise<number> =>
  (await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' })).id;
let nodes = 0;
async function working(): Promise<{ id: number; jobId: number }> {
  nodes += 1;
  const node = await farm.addNode(`node ${nodes}`);
  const { id: jobId } = await farm.admin.jobSubmit({
    job: aJob(3, { emergencyQueue: true, includedPools: [node.name] }),
  });
  farm.clock.advance(5_000);
  await node.claim();
  farm.clock.advance(1_000);
  return { id: node.id, jobId };
}
const idle = async (): Promise<number> => {
  nodes += 1;
  return (await farm.addNode(`node ${nodes}`)).id;
};
/** Name of a new node, and of a pool for it. */
const newName = async (): Promise<string> => {
  await idle();
  return `node ${nodes}`;
};
let connections = 0;
const connected = async (kind: 'console' | 'notificator'): Promise<string> => {
  connections += 1;
  const connection = aConnection(farm.context.clock, { id: `connection-${connections}`, kind });
  await farm.context.connections.add(connection);
  return connection.id;
};
const workingNode = async () => ({ id: (await working()).id });
const workedOn = async () => ({ id: (await working()).jobId });

const todaysLog = (kind: string): string =>
  `${kind}-${new Date(farm.clock.now()).toISOString().slice(0, 10)}.log`;

let templateIds = 2_000;
const newTemplateId = (): number => {
  templateIds += 1;
  return templateIds;
};
const paths = { linux: '/mnt/show', darwin: '/Volumes/show', win32: null };

const paused = async (): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(2, { paused: true }) })).id;
const january = { start: '2026-01-01T00:00:00.000Z', end: '2026-01-31T00:00:00.000Z' };
const february = { start: '2026-02-01T00:00:00.000Z', end: '2026-02-28T00:00:00.000Z' };

/** A first request, and another one that comes with the same token by mistake. */
const requests: { readonly [N in Name]?: () => Promise<readonly [Input<N>, Input<N>]> } = {
  jobSubmit: async () => [{ job: aJob(1) }, { job: aJob(2) }],
  backupJob: async () => [
    { id: await paused(), overwriteMode: 'add' },
    { id: await paused(), overwriteMode: 'add' },
  ],
  backupJobAndDelete: async () => [{ id: await paused() }, { id: await paused() }],
  backupRestoreJob: async () => {
    const { id } = await farm.admin.backupJob({ id: await paused() });
    return [{ id, actionMode: ['duplicate-entry'] }, { id }];
  },
  jobAddFolder: async () => [
    { parentId: -1, name: 'Rome' },
    { parentId: -1, name: 'Milan' },
  ],
  jobEdit: async () => {
    const id = await submit();
    return [
      { id, changes: { priority: 7, endFrame: 9 } },
      { id, changes: { priority: 8 } },
    ];
  },
  jobReparent: async () => {
    const id = await submit();
    return [
      { id, newParentId: await addFolder() },
      { id, newParentId: -1 },
    ];
  },
  jobReinit: async () => [{ id: await submit() }, { id: await submit() }],
  jobDelete: async () => [{ id: await submit() }, { id: await submit() }],
  jobUpdateStatus: async () => [{ id: await submit() }, { id: await submit() }],
  jobUpdate: async () => [{ id: await submit() }, { id: await submit() }],
  chunkSetStatus: async () => {
    const jobId = await submit();
    return [
      { jobId, chunkId: 1, status: 'completed' },
      { jobId, chunkId: 1, status: 'failed' },
    ];
  },
  nodePause: async () => {
    const id = await idle();
    return [{ id }, { id, kill: true }];
  },
  nodeResume: async () => [{ id: await idle() }, { id: await idle() }],
  nodeKillProcess: async () => [await workingNode(), await workingNode()],
  nodeKillProcessAndPause: async () => [await workingNode(), await workingNode()],
  nodeKillProcessAndRestart: async () => [await workingNode(), await workingNode()],
  nodeKillAndPauseNodesWorkingOnJob: async () => [await workedOn(), await workedOn()],
  nodeKillAndRedoNodesWorkingOnJob: async () => [await workedOn(), await workedOn()],
  nodeKillAndGoOnNodesWorkingOnJob: async () => [await workedOn(), await workedOn()],
  nodeSetNotes: async () => {
    const id = await idle();
    return [
      { id, notes: 'one' },
      { id, notes: 'two' },
    ];
  },
  nodePurgeTemplatesExclusion: async () => {
    const id = await idle();
    return [
      { id, templateId: 43 },
      { id, templateId: 44 },
    ];
  },
  nodePurgeJobsExclusions: async () => {
    const id = await idle();
    return [
      { id, jobId: 1 },
      { id, jobId: 2 },
    ];
  },
  nodeRemoveRegistration: async () => {
    nodes += 1;
    const node = await farm.addNode(`node ${nodes}`);
    await node.leave();
    return [{ id: node.id }, { id: await idle() }];
  },
  nodeSetProcessPriority: async () => {
    const id = await idle();
    return [
      { id, priority: 'low' },
      { id, priority: 'high' },
    ];
  },
  nodeSetRealtimeLog: async () => {
    const id = await idle();
    return [
      { id, status: true },
      { id, status: false },
    ];
  },
  nodeForceUpdate: async () => [{ id: await idle() }, { id: await idle() }],
  nodeSoftRestart: async () => [{ id: await idle() }, { id: await idle() }],
  nodeSendSystemEvent: async () => {
    const id = await idle();
    return [
      { id, event: 'reboot' },
      { id, event: 'shutdown' },
    ];
  },
  nodeRunPythonCode: async () => {
    const id = await idle();
    return [
      { id, code: 'print(1)' },
      { id, code: 'print(2)' },
    ];
  },
  sendMessageToNode: async () => {
    const id = await idle();
    return [
      { id, message: 'lunch' },
      { id, message: 'dinner' },
    ];
  },
  nodeWake: async () => {
    const capabilities = { interfaces: [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }] };
    nodes += 1;
    await farm.addNode(`helper ${nodes}`, { capabilities });
    const sleeper = await farm.addNode(`sleeper ${nodes}`, { capabilities });
    await sleeper.leave();
    return [{ id: sleeper.id }, { id: await idle() }];
  },
  clientForceDisconnection: async () => [{ id: await connected('console') }, { id: 'another' }],
  clientNForceDisconnection: async () => [{ id: await connected('notificator') }, { id: 'another' }],
  sendMessageToConsole: async () => {
    const id = await connected('console');
    return [
      { id, message: 'lunch' },
      { id, message: 'dinner' },
    ];
  },
  sendMessageToNotificator: async () => {
    const id = await connected('notificator');
    return [
      { id, message: 'lunch' },
      { id, message: 'dinner' },
    ];
  },
  userAdd: async () => {
    const name = await newName();
    return [{ user: { name, password: 'one' } }, { user: { name, password: 'one', email: 'a@b.c' } }];
  },
  userConfigure: async () => {
    const name = await newName();
    await farm.admin.userAdd({ user: { name } });
    return [{ user: { name, email: 'one@example.com' } }, { user: { name, email: 'two@example.com' } }];
  },
  userRemove: async () => {
    const name = await newName();
    await farm.admin.userAdd({ user: { name } });
    return [{ name }, { name: 'another' }];
  },
  groupAdd: async () => {
    const name = await newName();
    return [{ group: { name } }, { group: { name, description: 'another' } }];
  },
  groupConfigure: async () => {
    const name = await newName();
    await farm.admin.groupAdd({ group: { name } });
    return [{ group: { name, description: 'one' } }, { group: { name, description: 'two' } }];
  },
  groupRemove: async () => {
    const name = await newName();
    await farm.admin.groupAdd({ group: { name } });
    return [{ name }, { name: 'another' }];
  },
  tokenRevoke: async () => {
    const { id } = await farm.admin.tokenAdd({ description: 'short', days: 1 });
    return [{ id }, { id: 'another' }];
  },
  poolAdd: async () => {
    const name = await newName();
    return [{ pool: { name, nodes: [name] } }, { pool: { name, nodes: [] } }];
  },
  poolConfigure: async () => {
    const name = await newName();
    await farm.admin.poolAdd({ pool: { name } });
    return [{ pool: { name, nodes: [name] } }, { pool: { name, nodes: [] } }];
  },
  poolRemove: async () => {
    const name = await newName();
    await farm.admin.poolAdd({ pool: { name, nodes: [name] } });
    return [{ name }, { name: 'another' }];
  },
  repositoriesAdd: async () => {
    const name = await newName();
    return [{ repository: { name, paths } }, { repository: { name, paths, description: 'another' } }];
  },
  repositoriesConfigure: async () => {
    const name = await newName();
    await farm.admin.repositoriesAdd({ repository: { name, paths } });
    return [{ repository: { name, description: 'one' } }, { repository: { name, description: 'two' } }];
  },
  repositoriesRemove: async () => {
    const name = await newName();
    await farm.admin.repositoriesAdd({ repository: { name, paths } });
    return [{ name }, { name: 'another' }];
  },
  poolNotifyChanges: async () => [{}, {}],
  repositoriesNotifyChanges: async () => [{}, {}],
  templatePush: async () => {
    const id = newTemplateId();
    return [{ definition: anEngine(id) }, { definition: anEngine(id, { description: 'another' }) }];
  },
  templateRollBack: async () => {
    const id = newTemplateId();
    for (const description of ['one', 'two', 'three']) {
      await farm.admin.templatePush({ definition: anEngine(id, { description }) });
    }
    return [{ id }, { id, edition: 2 }];
  },
  templateRetryHooks: async () => [{}, { key: 'another' }],
  templateRemove: async () => {
    const id = newTemplateId();
    await farm.admin.templatePush({ definition: anEngine(id) });
    return [{ id }, { id: id + 1 }];
  },
  systemSetLDAPConfiguration: async () => [
    { configuration: { bindDn: 'cn=one', bindPassword: 'of one' } },
    { configuration: { bindDn: 'cn=two', bindPassword: 'of two' } },
  ],
  systemSetOIDCConfiguration: async () => [
    { configuration: { clientSecret: 'one' } },
    { configuration: { clientSecret: 'two' } },
  ],
  systemSwapEngineStatus: async () => [{}, {}],
  systemResetStatisticsCounters: async () => [{}, {}],
  dbClearStatisticsBounds: async () => [january, february],
  dbClearHistoryBounds: async () => [january, february],
  dbImportUploadLink: async () => [{}, {}],
  dbFlush: async () => [{}, {}],
  dbHistoryFlush: async () => [{}, {}],
  dbBackupFlush: async () => [{}, {}],
  systemSetConfiguration: async () => {
    const { version } = (await farm.admin.systemGetConfiguration({})).configuration;
    return [{ configuration: { historyDays: 30, version } }, { configuration: { historyDays: 31, version } }];
  },
  systemRunScript: async () => [
    { language: 'typescript', file: 'one.ts', source: 'export default () => console.log(1);' },
    { language: 'typescript', file: 'two.ts', source: 'export default () => console.log(2);' },
  ],
  systemSoftRestart: async () => [{}, {}],
  systemRemoveActivityLog: async () => {
    await farm.admin.logAddMessage({ message: 'here' });
    return [{ name: todaysLog('activity') }, { name: 'activity-2025-01-01.log' }];
  },
  systemRemoveActionLog: async () => [{ name: todaysLog('action') }, { name: 'action-2025-01-01.log' }],
  logAddMessage: async () => [{ message: 'one' }, { message: 'two' }],
  logAddInternalMessage: async () => [{ message: 'one' }, { message: 'two' }],
  logClear: async () => [{}, {}],
  systemStartNodesNetworkScan: async () => [{}, {}],
};
/** Its input is nothing but the token, so no other content can come with it. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set([
  'poolNotifyChanges',
  'repositoriesNotifyChanges',
  'systemSwapEngineStatus',
  'systemResetStatisticsCounters',
  'dbImportUploadLink',
  'dbFlush',
  'dbHistoryFlush',
  'dbBackupFlush',
  'systemSoftRestart',
  'systemStartNodesNetworkScan',
  'logClear',
]);

/** It replaces the queue of its farm, so it has one of its own: `db/dbImportQueueSQL.test.ts`. */
const ELSEWHERE = ['dbImportQueueSQL'];

describe('a repeated request', () => {
  it('is tried here with every operation that takes a request token', () => {
    const mutating = operations.filter(({ input }) => 'requestToken' in input.shape);

    assert.deepEqual(
      [...Object.keys(requests), ...ELSEWHERE].sort(),
      mutating.map(({ name }) => name).sort(),
    );
  });

  for (const name of Object.keys(requests) as Name[]) {
    const requestToken = `token-of-${name}`;

    it(`of ${name} gets the same answer and has the effect of one`, async () => {
      const [input, other] = (await requests[name]?.()) ?? [];
      const send = farm.admin[name] as (input: object) => Promise<unknown>;
      const call: typeof send = (given) =>
        waitsForFeed(name) ? whileDraining(farm, send(given)) : send(given);

      const first = await call({ ...input, requestToken });
      farm.clock.advance(10_000);
      const second = await assertUnchanged(farm, () => call({ ...input, requestToken }));

      assert.deepEqual(second, first);
      if (WITHOUT_CONTENT.has(name)) return;
      await assertRefusedWhole(farm, name, 'request-conflict', { requestToken }, {
        ...other,
        requestToken,
      } as never);
    });
  }

  it('keeps nothing of a password: not even a hash of it', async () => {
    const requestToken = 'token-with-a-password';
    const hashOf = async () => (await farm.context.requests.find('admin', requestToken))?.contentHash;
    await farm.admin.userAdd({ user: { name: 'guessed', password: 'one' }, requestToken });
    const first = await hashOf();

    await farm.admin.userAdd({ user: { name: 'guessed', password: 'two' }, requestToken });

    assert.ok(first);
    assert.equal(await hashOf(), first);
  });

  it('without a token is another request', async () => {
    const response = async () =>
      fetch(`${farm.url}/v1/jobs/jobSubmit`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ job: aJob(1) }),
      }).then((answer) => answer.json() as Promise<{ id: number }>);
    const token = farm.context.newToken();
    await farm.context.tokens.add(token, { kind: 'user', name: 'admin' }, { expiresAt: null });

    const [one, two] = [await response(), await response()];

    assert.equal(two.id, one.id + 1);
  });

  it('of another operation with the same token is refused', async () => {
    const requestToken = 'one-token-for-two';
    const id = await submit();
    await farm.admin.jobUpdate({ id, requestToken });

    await assertRefusedWhole(farm, 'jobReinit', 'request-conflict', { requestToken }, { id, requestToken });
  });

  it('of somebody else with the same token is a request of its own', async () => {
    const requestToken = 'token-of-anybody';
    const olga = await farm.addUser('olga');

    const { id: his } = await farm.admin.jobSubmit({ job: aJob(1), requestToken });
    const { id: hers } = await olga.jobSubmit({ job: aJob(1), requestToken });

    assert.notEqual(his, hers);
  });

  it('at the same time as the first has the effect of one', async () => {
    const requestToken = 'token-at-the-same-time';
    const request = { job: aJob(1), requestToken };
    const before = farmState(farm);

    const answers = await Promise.all([1, 2, 3, 4].map(() => farm.admin.jobSubmit(request)));

    assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
    const made = changedItems(before, farmState(farm)).filter(([key]) => key?.startsWith('STATES#'));
    assert.equal(made.length, 1);
  });

  it('is known for a day', async (t) => {
    const own = await startFarm(t);
    const request = { parentId: -1, name: 'Rome', requestToken: 'token-of-a-day' };
    const { id: first } = await own.admin.jobAddFolder(request);

    own.clock.advance(86_399_000);
    await own.tick();
    const { id: known } = await own.admin.jobAddFolder(request);
    own.clock.advance(2_000);
    await own.tick();
    const { id: forgotten } = await own.admin.jobAddFolder(request);

    assert.equal(known, first);
    assert.notEqual(forgotten, first);
  });

  it('after a refusal is tried anew', async () => {
    const requestToken = 'token-of-a-refusal';
    const node = await farm.addNode('refused');
    await assertRefusedWhole(
      farm,
      'nodeRemoveRegistration',
      'transition-refused',
      {},
      { id: node.id, requestToken },
    );
    await node.leave();

    await farm.admin.nodeRemoveRegistration({ id: node.id, requestToken });

    await assertRefusedWhole(farm, 'nodeGet', 'not-found', { id: node.id }, { id: node.id });
  });
});

describe('a request that is repeated after the world has moved on', () => {
  it('jobSubmit does not bring back a job that was deleted, swept or not', async () => {
    const request = { job: aJob(1), requestToken: 'token-of-a-deleted-job' };
    const first = await farm.admin.jobSubmit(request);
    await farm.admin.jobDelete({ id: first.id });

    const deleted = await assertUnchanged(farm, () => farm.admin.jobSubmit(request));
    await farm.tick();
    const swept = await assertUnchanged(farm, () => farm.admin.jobSubmit(request));

    assert.deepEqual(deleted, first);
    assert.deepEqual(swept, first);
  });

  it('jobSubmit answers as before when its folder is gone', async () => {
    const parentId = await addFolder();
    const request = { job: aJob(1, { parentId }), requestToken: 'token-of-a-gone-folder' };
    const first = await farm.admin.jobSubmit(request);
    await farm.admin.jobReparent({ id: first.id, newParentId: -1 });
    await farm.admin.jobDelete({ id: parentId });

    const second = await farm.admin.jobSubmit(request);

    assert.deepEqual(second, first);
  });

  it('jobSubmit answers as before when the job that it depends on is gone', async () => {
    const parent = await submit();
    const request = { job: aJob(1, { dependIds: [parent] }), requestToken: 'token-of-a-gone-job' };
    const first = await farm.admin.jobSubmit(request);
    await farm.admin.jobDelete({ id: parent });

    const second = await farm.admin.jobSubmit(request);

    assert.deepEqual(second, first);
  });

  it('nodeKillProcess spares the chunk that the node took next', async (t) => {
    const own = await startFarm(t);
    await own.admin.jobSubmit({ job: aJob(3) });
    const node = await own.addNode('alpha');
    await node.claim();
    const request = { id: node.id, requestToken: 'token-of-a-kill' };
    await own.admin.nodeKillProcess(request);
    own.clock.advance(1_000);
    const next = await node.claim();

    await own.admin.nodeKillProcess(request);

    assert.notEqual(next, null);
    assert.deepEqual(await node.claim(), next);
  });

  it('nodeSendSystemEvent does not come back after the node has answered it', async (t) => {
    const own = await startFarm(t);
    const node = await own.addNode('alpha');
    const { session } = node;
    const request = { id: node.id, event: 'reboot', requestToken: 'token-of-a-reboot' } as const;
    // The command is delivered, but the request dies before it can note its answer.
    own.writes.beforeFirst('REQUESTS#', () => {
      own.writes.beforeFirst('REQUESTS#', () => Promise.reject(new Error('the process died')));
      return Promise.resolve();
    });
    await assert.rejects(own.admin.nodeSendSystemEvent(request), { code: 'internal' });
    const [waiting] = (await node.client.nodeFetchCommands({ session })).commands;
    assert.ok(waiting);
    const { commandId } = waiting;
    await node.client.nodeAnswerCommand({ session, commandId, ok: true, exitCode: 0, output: '' });

    const again = await own.admin.nodeSendSystemEvent(request);

    assert.deepEqual(again, { commandId });
    assert.deepEqual((await node.client.nodeFetchCommands({ session })).commands, []);
  });

  it('nodeSoftRestart that was refused is not delivered to a node that is still offline', async (t) => {
    const own = await startFarm(t);
    const node = await own.addNode('alpha');
    const request = { id: node.id, requestToken: 'token-of-a-restart' };
    await node.leave();
    for (const _ of ['first', 'second'])
      await assertRefusedWhole(own, 'nodeSoftRestart', 'transition-refused', { id: node.id }, request);

    const back = await own.addNode('alpha');
    const { commandId } = await own.admin.nodeSoftRestart(request);

    assert.deepEqual((await back.client.nodeFetchCommands({ session: back.session })).commands, [
      { commandId, command: { kind: 'soft-restart' } },
    ]);
  });

  it('chunkSetStatus does not render a chunk again that was rendered since', async (t) => {
    const own = await startFarm(t);
    const { id: jobId } = await own.admin.jobSubmit({ job: aJob(1) });
    const node = await own.addNode('alpha');
    const request = { jobId, chunkId: 1, status: 'queued', requestToken: 'token-of-a-chunk' } as const;
    await node.claim();
    await node.report({ wantsNext: false });
    await own.admin.chunkSetStatus(request);
    own.clock.advance(1_000);
    await node.claim();
    await node.report({ wantsNext: false });

    await own.admin.chunkSetStatus(request);

    assert.equal((await own.admin.chunkGet({ jobId, chunkId: 1 })).chunk.status, 'completed');
  });
});
