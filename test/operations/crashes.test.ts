/**
 * A crash in the middle: whatever write the process dies before, the same request sent again under its token
 * brings the farm to where an undisturbed request brings it, if need be with the help of feed and tick.
 */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Operations } from '../../client/src/generated.ts';
import { aConnection } from '../support/aConnection.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import type { FakeNode } from '../support/fakeNode.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

type Name = keyof Operations;

interface Case<N extends Name> {
  readonly title: string;
  readonly name: N;
  /** Makes the farm ready and says what is asked of it. */
  readonly prepare: (farm: TestFarm) => Promise<Operations[N]['input']>;
  /** Time after which the request is sent a second time: it is work that goes on in steps. @default once is enough */
  readonly againAfterMs?: number;
}
const define = <N extends Name>(title: string, name: N, prepare: Case<N>['prepare']): Case<Name> =>
  ({ title, name, prepare }) as unknown as Case<Name>;

async function completedJob(farm: TestFarm): Promise<number> {
  const node = await farm.addNode('alpha');
  const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
  for (let work = await node.claim(); work !== null; work = await node.report());
  await farm.drain();
  await node.leave();
  return id;
}

/** A node that works on a job which hands out nothing more. */
async function workingNode(farm: TestFarm): Promise<{ node: FakeNode; jobId: number }> {
  const node = await farm.addNode('alpha');
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
  await node.claim();
  await farm.admin.jobEdit({ id: jobId, changes: { paused: true } });
  farm.clock.advance(1_000);
  return { node, jobId };
}

const cases: readonly Case<Name>[] = [
  define('jobSubmit of a job with parents', 'jobSubmit', async (farm) => {
    const { id: parentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id: first } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id: second } = await farm.admin.jobSubmit({ job: aJob(1) });
    return { job: aJob(3, { parentId, dependIds: [first, second], includedPools: ['gpu'] }) };
  }),
  define('jobAddFolder', 'jobAddFolder', async () => ({ parentId: -1, name: 'Rome' })),
  define('jobEdit of frames', 'jobEdit', async (farm) => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    return { id, changes: { endFrame: 8, packetSize: 2, priority: 90, paused: true } };
  }),
  define('jobEdit of dependencies', 'jobEdit', async (farm) => {
    const { id: first } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id: second } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { dependIds: [first] }) });
    return { id, changes: { dependIds: [second] } };
  }),
  define('jobReparent', 'jobReparent', async (farm) => {
    const { id: newParentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    return { id, newParentId };
  }),
  define('jobReinit of a job that has ended', 'jobReinit', async (farm) => ({
    id: await completedJob(farm),
  })),
  define('jobDelete', 'jobDelete', async (farm) => ({ id: await completedJob(farm) })),
  define('chunkSetStatus that reopens a job', 'chunkSetStatus', async (farm) => ({
    jobId: await completedJob(farm),
    chunkId: 2,
    status: 'queued',
  })),
  define('chunkSetStatus that completes a chunk which nobody had', 'chunkSetStatus', async (farm) => {
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    return { jobId, chunkId: 1, status: 'completed' };
  }),
  define('chunkSetStatus that takes a chunk from its node', 'chunkSetStatus', async (farm) => ({
    jobId: (await workingNode(farm)).jobId,
    chunkId: 1,
    status: 'completed',
  })),
  define('systemSwapEngineStatus', 'systemSwapEngineStatus', async () => ({})),
  define('systemSetLDAPConfiguration', 'systemSetLDAPConfiguration', async () => ({
    configuration: { baseDn: 'dc=example' },
    store: false,
  })),
  define('systemSetOIDCConfiguration', 'systemSetOIDCConfiguration', async () => ({
    configuration: { clientId: 'rollcall' },
    store: false,
  })),
  define('systemSetConfiguration', 'systemSetConfiguration', async () => ({
    configuration: { historyDays: 30, version: 0 },
    store: false,
  })),
  define('systemSoftRestart', 'systemSoftRestart', async (farm) => {
    await farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 0 }, store: false });
    return {};
  }),
  define('systemStartNodesNetworkScan', 'systemStartNodesNetworkScan', async (farm) => {
    const capabilities = { interfaces: [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }] };
    await farm.addNode('alpha', { capabilities });
    await (await farm.addNode('beta', { capabilities })).leave();
    return {};
  }),
  define('nodeKillProcess', 'nodeKillProcess', async (farm) => ({ id: (await workingNode(farm)).node.id })),
  define('nodeKillProcessAndPause', 'nodeKillProcessAndPause', async (farm) => ({
    id: (await workingNode(farm)).node.id,
  })),
  define('nodeKillProcessAndRestart', 'nodeKillProcessAndRestart', async (farm) => ({
    id: (await workingNode(farm)).node.id,
  })),
  define('nodeKillAndPauseNodesWorkingOnJob', 'nodeKillAndPauseNodesWorkingOnJob', async (farm) => ({
    id: (await workingNode(farm)).jobId,
  })),
  define('nodePause with a kill', 'nodePause', async (farm) => ({
    id: (await workingNode(farm)).node.id,
    kill: true,
  })),
  define('nodeSetProcessPriority', 'nodeSetProcessPriority', async (farm) => ({
    id: (await farm.addNode('alpha')).id,
    priority: 'low',
  })),
  define('nodeRunPythonCode', 'nodeRunPythonCode', async (farm) => ({
    id: (await farm.addNode('alpha')).id,
    code: 'print(1)',
  })),
  define('sendMessageToNode to a node that is offline', 'sendMessageToNode', async (farm) => {
    const node = await farm.addNode('alpha');
    await node.leave();
    return { id: node.id, message: 'welcome back' };
  }),
  define('sendMessageToNode to all', 'sendMessageToNode', async (farm) => {
    for (const name of ['alpha', 'beta', 'gamma']) await farm.addNode(name);
    return { id: -1, message: 'lunch', brodcast: true };
  }),
  define('nodeWake', 'nodeWake', async (farm) => {
    const capabilities = { interfaces: [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }] };
    await farm.addNode('helper', { capabilities });
    const sleeper = await farm.addNode('sleeper', { capabilities });
    await sleeper.leave();
    return { id: sleeper.id };
  }),
  define('nodeWake of a pool', 'nodeWake', async (farm) => {
    const on = (last: number) => ({
      pools: ['night'],
      capabilities: { interfaces: [{ mac: `02:00:00:00:00:0${last}`, cidr: `10.0.7.${last}/24` }] },
    });
    await farm.addNode('helper', on(1));
    for (const last of [2, 3]) await (await farm.addNode(`sleeper ${last}`, on(last))).leave();
    const wakeAddresses = [{ mac: '02:00:00:00:00:09', subnet: '10.0.7.0/24' }];
    await farm.admin.poolAdd({ pool: { name: 'night', wakeAddresses } });
    return { pool: 'night' };
  }),
  define('userAdd', 'userAdd', async (farm) => {
    await farm.admin.groupAdd({ group: { name: 'lighters' } });
    return { user: { name: 'anna', password: 'of anna', groups: ['lighters'] } };
  }),
  define('userConfigure of a password', 'userConfigure', async (farm) => {
    await farm.addUser('anna');
    return { user: { name: 'anna', password: 'another' } };
  }),
  define('userRemove', 'userRemove', async (farm) => {
    await farm.addUser('anna');
    return { name: 'anna' };
  }),
  define('groupAdd', 'groupAdd', async () => ({ group: { name: 'lighters', rights: ['manage-nodes'] } })),
  define('groupRemove with users', 'groupRemove', async (farm) => {
    await farm.admin.groupAdd({ group: { name: 'lighters' } });
    for (const name of ['anna', 'olga']) await farm.admin.userAdd({ user: { name, groups: ['lighters'] } });
    return { name: 'lighters' };
  }),
  define('tokenRevoke', 'tokenRevoke', async (farm) => ({
    id: (await farm.admin.tokenAdd({ description: 'leaked', days: null })).id,
  })),
  define('repositoriesAdd', 'repositoriesAdd', async () => ({
    repository: { name: 'show', paths: { linux: '/mnt/show', darwin: '/Volumes/show', win32: null } },
  })),
  define('templatePush', 'templatePush', async (farm) => {
    await farm.admin.templatePush({ definition: anEngine(2_001) });
    return { definition: anEngine(2_001, { description: 'newer' }) };
  }),
  define('templateRollBack', 'templateRollBack', async (farm) => {
    for (const description of ['one', 'two', 'three']) {
      await farm.admin.templatePush({ definition: anEngine(2_001, { description }) });
    }
    return { id: 2_001 };
  }),
  define('templateRemove', 'templateRemove', async (farm) => {
    for (const description of ['one', 'two']) {
      await farm.admin.templatePush({ definition: anEngine(2_001, { description }) });
    }
    return { id: 2_001 };
  }),
  define('backupJob', 'backupJob', async (farm) => ({ id: await completedJob(farm) })),
  define('backupJob over another entry', 'backupJob', async (farm) => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { paused: true }) });
    await farm.admin.backupJob({ id });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });
    return { id, overwriteMode: 'overwrite' };
  }),
  define('backupJob beside another entry', 'backupJob', async (farm) => {
    const id = await completedJob(farm);
    await farm.admin.backupJob({ id });
    return { id, overwriteMode: 'add' };
  }),
  define('backupJobAndDelete', 'backupJobAndDelete', async (farm) => ({ id: await completedJob(farm) })),
  define('backupRestoreJob with its folder', 'backupRestoreJob', async (farm) => {
    const { id: first } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id: parentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id } = await farm.admin.jobSubmit({
      job: aJob(3, { parentId, dependIds: [first], paused: true }),
    });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });
    await farm.admin.backupJobAndDelete({ id });
    await farm.admin.jobDelete({ id: parentId });
    await settle(farm);
    return { id, actionMode: ['restore-parents'] };
  }),
  define('backupRestoreJob of a job that is there', 'backupRestoreJob', async (farm) => {
    const id = await completedJob(farm);
    await farm.admin.backupJob({ id });
    return { id, actionMode: ['duplicate-entry'] };
  }),
  {
    ...define('dbImportQueueSQL', 'dbImportQueueSQL', async (farm) => {
      const node = await farm.addNode('alpha');
      const { id: parentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
      const { id: first } = await farm.admin.jobSubmit({
        job: aJob(3, { parentId, includedPools: ['gpu'] }),
      });
      await farm.admin.jobSubmit({ job: aJob(2, { dependIds: [first] }) });
      await farm.admin.chunkSetStatus({ jobId: first, chunkId: 2, status: 'completed' });
      await farm.drain();
      const { sql } = await farm.admin.dbExportQueueSQL({});
      await farm.admin.jobReinit({ id: first });
      await farm.admin.jobSubmit({ job: aJob(2, { name: 'not in the text' }) });
      await farm.drain();
      await node.leave();
      return { sql: String(sql) };
    }),
    againAfterMs: 31_000,
  },
  define('sendMessageToConsole', 'sendMessageToConsole', async (farm) => {
    await farm.context.connections.add(aConnection(farm.clock));
    return { id: 'a-connection', message: 'lunch' };
  }),
  define('clientForceDisconnection', 'clientForceDisconnection', async (farm) => {
    await farm.context.connections.add(aConnection(farm.clock));
    return { id: 'a-connection' };
  }),
  define('poolAdd with nodes', 'poolAdd', async (farm) => {
    for (const name of ['alpha', 'beta']) await farm.addNode(name);
    await farm.addNode('gamma', { pools: ['night'] });
    return { pool: { name: 'night', description: 'after ten', nodes: ['alpha', 'beta'] } };
  }),
  define('poolConfigure of nodes', 'poolConfigure', async (farm) => {
    for (const name of ['alpha', 'beta', 'gamma']) await farm.addNode(name);
    await farm.admin.poolAdd({ pool: { name: 'night', nodes: ['alpha', 'beta'] } });
    return { pool: { name: 'night', description: 'after ten', nodes: ['beta', 'gamma'] } };
  }),
  define('poolRemove', 'poolRemove', async (farm) => {
    for (const name of ['alpha', 'beta']) await farm.addNode(name);
    await farm.admin.poolAdd({ pool: { name: 'night', nodes: ['alpha', 'beta'] } });
    return { name: 'night' };
  }),
  define('nodeRemoveRegistration', 'nodeRemoveRegistration', async (farm) => {
    const node = await farm.addNode('alpha');
    await node.leave();
    return { id: node.id };
  }),
];

/**
 * What everybody sees of the farm, without versions, times and words that tell of the way. What the request made
 * is called 0: an id that was taken before a crash is lost.
 */
async function viewOf(farm: TestFarm, answer: unknown): Promise<unknown> {
  const made = (answer as { id?: number }).id;
  const named = (id: number): number => (id === made ? 0 : id);
  const { jobs } = await farm.admin.jobGetList({});
  const { nodes } = await farm.admin.nodeGetList({});
  const { pools } = await farm.admin.poolGetList({});
  const { users } = await farm.admin.userGetList({});
  const { groups } = await farm.admin.groupGetList({});
  const { repositories } = await farm.admin.repositoriesGetList({});
  const { templates } = await farm.admin.templateGetList({});
  const { jobs: backups } = await farm.admin.backupQuery({});
  const { tokens } = await farm.admin.tokenGetList({});
  const { running } = await farm.admin.systemQueryEngineStatus({});
  const settings = await farm.context.configuration.getSettings();
  const scan = await farm.context.nodesScans.find();
  const chunks = await Promise.all(
    jobs.map(async ({ id }) => (await farm.admin.chunkGetList({ jobId: id })).chunks),
  );
  const commands = await Promise.all(nodes.map(({ id }) => farm.context.commands.waiting(id)));
  return {
    commands: commands.map((waiting) => waiting.map(({ command }) => command)),
    running,
    settings,
    woken: scan?.wokenNodeCount,
    users: users.map(({ version: _, ...user }) => user),
    groups: groups.map(({ version: _, ...group }) => group),
    repositories,
    templates,
    backups: backups.map(({ backedUpAt: _at, byteCount: _bytes, id, ...backup }) => ({
      ...backup,
      id: named(id),
    })),
    tokens: tokens.length,
    pools: pools.map(({ version: _, ...pool }) => pool),
    jobs: jobs.map(({ version: _, id, ...job }) => ({ ...job, id: named(id) })),
    chunks: chunks.flat().map(({ message: _m, startedAt: _s, endedAt: _e, jobId, ...chunk }) => ({
      ...chunk,
      jobId: named(jobId),
    })),
    nodes: nodes.map(({ lastSeenAt: _, ...node }) => node),
  };
}

/** Lets feed, queues and four ticks do what they do. */
async function settle(farm: TestFarm): Promise<void> {
  await farm.drain();
  for (let minute = 0; minute < 4; minute += 1) {
    farm.clock.advance(61_000);
    await farm.tick();
    await farm.drain();
  }
}

/** Counts are hints until a recount makes facts of them. */
async function recount(farm: TestFarm): Promise<void> {
  for (const { id, type } of (await farm.admin.jobGetList({})).jobs)
    if (type === 'job') await farm.admin.jobUpdateStatus({ id });
}

/** Crashes before each write of a request in turn, and compares what comes of its repetition. */
async function crashEverywhere(
  t: TestContext,
  { name, prepare, againAfterMs }: Case<Name>,
  afterwards: (farm: TestFarm) => Promise<void>,
): Promise<void> {
  const send = (farm: TestFarm, input: object) =>
    (farm.admin[name] as (input: object) => Promise<unknown>)({ ...input, requestToken: 'token-of-it' });
  const call = async (farm: TestFarm, input: object): Promise<unknown> => {
    const answer = await send(farm, input);
    if (againAfterMs === undefined) return answer;
    farm.clock.advance(againAfterMs);
    return send(farm, input);
  };
  const undisturbed = await startFarm(t);
  const input = await prepare(undisturbed);
  let answer: unknown;
  const writes = await undisturbed.writes.count(async () => {
    answer = await call(undisturbed, input);
  });
  await settle(undisturbed);
  await afterwards(undisturbed);
  const expected = await viewOf(undisturbed, answer);

  assert.ok(writes > 1);
  for (let before = 0; before < writes; before += 1) {
    const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
    const request = await prepare(farm);
    farm.writes.crashAfter(before);
    await assert.rejects(call(farm, request), { code: 'internal' });
    farm.writes.calm();

    const repeated = await call(farm, request);
    await settle(farm);
    await afterwards(farm);

    assert.deepEqual(Object.keys(repeated as object), Object.keys(answer as object));
    assert.deepEqual({ before, view: await viewOf(farm, repeated) }, { before, view: expected });
    await farm.close();
  }
}

describe('a crash in the middle', () => {
  for (const one of cases) {
    it(`of ${one.title} is made good by the same request`, (t) => crashEverywhere(t, one, recount));
  }

  for (const title of [
    'chunkSetStatus that completes a chunk which nobody had',
    'chunkSetStatus that takes a chunk from its node',
    'nodeKillProcess',
  ]) {
    it(`of ${title} leaves counts right even before a recount on demand`, async (t) => {
      const one = cases.find((candidate) => candidate.title === title);
      assert.ok(one);
      await crashEverywhere(t, one, async () => {});
    });
  }
});
