/** What is answered when somebody else always gets there first: `conflict`, and nothing was changed. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Client } from '../../client/src/client.ts';
import type { Operations } from '../../client/src/generated.ts';
import { operations } from '../../shared/contract/index.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import { contestedTable } from '../support/contestedTable.ts';
import { type FakeNode, someCapabilities } from '../support/fakeNode.ts';
import { assertRefusedWhole } from '../support/refusal.ts';
import { sharedFarm } from '../support/sharedFarm.ts';
import { JOIN_TOKEN } from '../support/startFarm.ts';

type Name = keyof Operations;

const table = contestedTable();
const farm = await sharedFarm({ wrapTable: table.wrap });
const submit = async (): Promise<number> => (await farm.admin.jobSubmit({ job: aJob(2) })).id;
const paused = async (): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(2, { paused: true }) })).id;
let nodes = 0;
const addNode = (): Promise<FakeNode> => {
  nodes += 1;
  return farm.addNode(`node ${nodes}`);
};
async function working(): Promise<{ id: number; jobId: number }> {
  const node = await addNode();
  const { id: jobId } = await farm.admin.jobSubmit({
    job: aJob(1, { emergencyQueue: true, includedPools: [node.name] }),
  });
  farm.clock.advance(5_000);
  await node.claim();
  assert.equal(node.work?.assignment.jobId, jobId);
  farm.clock.advance(1_000);
  return { id: node.id, jobId };
}
const measured = await addNode();
const workingNode = async () => ({ id: (await working()).id });
const workedOn = async () => ({ id: (await working()).jobId });

interface Case<N extends Name> {
  /** Items whose writes are lost. */
  readonly kinds: readonly string[];
  readonly input: () => Promise<Operations[N]['input']>;
  /** What changed at the same time. */
  readonly what: string;
  readonly client?: Client;
}

const cases: readonly { [N in Name]: readonly [N, 'conflict', Case<N>] }[Name][] = [
  [
    'dbImportQueueSQL',
    'conflict',
    {
      kinds: ['IMPORTS'],
      input: async () => ({ sql: String((await farm.admin.dbExportQueueSQL({})).sql) }),
      what: 'configuration',
    },
  ],
  [
    'jobEdit',
    'conflict',
    {
      kinds: ['JOBS'],
      input: async () => ({ id: await submit(), changes: { priority: 9 } }),
      what: 'job',
    },
  ],
  [
    'jobReparent',
    'conflict',
    {
      kinds: ['TREE'],
      input: async () => ({
        id: await submit(),
        newParentId: (await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' })).id,
      }),
      what: 'job',
    },
  ],
  ['jobReinit', 'conflict', { kinds: ['STATES'], input: async () => ({ id: await submit() }), what: 'job' }],
  ['jobDelete', 'conflict', { kinds: ['STATES'], input: async () => ({ id: await submit() }), what: 'job' }],
  [
    'jobUpdateStatus',
    'conflict',
    {
      kinds: ['STATES'],
      input: async () => {
        const id = await submit();
        await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'completed' });
        await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });
        return { id };
      },
      what: 'job',
    },
  ],
  [
    'chunkSetStatus',
    'conflict',
    {
      kinds: ['CHUNKS'],
      input: async () => ({ jobId: await submit(), chunkId: 1, status: 'completed' as const }),
      what: 'chunk',
    },
  ],
  [
    'nodePause',
    'conflict',
    { kinds: ['NODESTATES'], input: async () => ({ id: (await addNode()).id }), what: 'node' },
  ],
  [
    'nodeResume',
    'conflict',
    {
      kinds: ['NODESTATES'],
      input: async () => {
        const { id } = await addNode();
        await farm.admin.nodePause({ id });
        return { id };
      },
      what: 'node',
    },
  ],
  [
    'nodeSetProcessPriority',
    'conflict',
    {
      kinds: ['NODESTATES'],
      input: async () => ({ id: (await addNode()).id, priority: 'low' as const }),
      what: 'node',
    },
  ],
  [
    'nodeSetRealtimeLog',
    'conflict',
    {
      kinds: ['NODESTATES'],
      input: async () => ({ id: (await addNode()).id, status: true }),
      what: 'node',
    },
  ],
  ['nodeKillProcess', 'conflict', { kinds: ['NODESTATES'], input: workingNode, what: 'node' }],
  ['nodeKillProcessAndPause', 'conflict', { kinds: ['NODESTATES'], input: workingNode, what: 'node' }],
  ['nodeKillProcessAndRestart', 'conflict', { kinds: ['CHUNKS'], input: workingNode, what: 'node' }],
  ['nodeKillAndGoOnNodesWorkingOnJob', 'conflict', { kinds: ['NODESTATES'], input: workedOn, what: 'node' }],
  ['nodeKillAndPauseNodesWorkingOnJob', 'conflict', { kinds: ['NODESTATES'], input: workedOn, what: 'node' }],
  ['nodeKillAndRedoNodesWorkingOnJob', 'conflict', { kinds: ['CHUNKS'], input: workedOn, what: 'node' }],
  [
    'nodeSetNotes',
    'conflict',
    { kinds: ['NODES'], input: async () => ({ id: (await addNode()).id, notes: 'x' }), what: 'node' },
  ],
  [
    'nodePurgeJobsExclusions',
    'conflict',
    { kinds: ['NODES'], input: async () => ({ id: (await addNode()).id, jobId: 1 }), what: 'node' },
  ],
  [
    'nodePurgeTemplatesExclusion',
    'conflict',
    { kinds: ['NODES'], input: async () => ({ id: (await addNode()).id, templateId: 43 }), what: 'node' },
  ],
  [
    'nodeRemoveRegistration',
    'conflict',
    {
      kinds: ['NODESTATES'],
      input: async () => {
        const node = await addNode();
        await node.leave();
        return { id: node.id };
      },
      what: 'node',
    },
  ],
  [
    'userConfigure',
    'conflict',
    {
      kinds: ['USERS'],
      input: async () => {
        await farm.admin.userAdd({ user: { name: 'contested' } });
        return { user: { name: 'contested', email: 'x@example.com' } };
      },
      what: 'user',
    },
  ],
  [
    'userRemove',
    'conflict',
    {
      kinds: ['USERS'],
      input: async () => {
        await farm.admin.userAdd({ user: { name: 'leaving' } });
        return { name: 'leaving' };
      },
      what: 'user',
    },
  ],
  [
    'groupAdd',
    'conflict',
    {
      kinds: ['USERS'],
      input: async () => {
        await farm.admin.groupAdd({ group: { name: 'halfway' } });
        await farm.admin.userAdd({ user: { name: 'left over', groups: ['halfway'] } });
        await farm.context.groups.remove('halfway');
        return { group: { name: 'halfway' } };
      },
      what: 'user',
    },
  ],
  [
    'groupConfigure',
    'conflict',
    {
      kinds: ['GROUPS'],
      input: async () => {
        await farm.admin.groupAdd({ group: { name: 'contested' } });
        return { group: { name: 'contested', description: 'x' } };
      },
      what: 'group',
    },
  ],
  [
    'groupRemove',
    'conflict',
    {
      kinds: ['USERS'],
      input: async () => {
        await farm.admin.groupAdd({ group: { name: 'ending' } });
        await farm.admin.userAdd({ user: { name: 'of ending', groups: ['ending'] } });
        return { name: 'ending' };
      },
      what: 'user',
    },
  ],
  [
    'repositoriesConfigure',
    'conflict',
    {
      kinds: ['REPOSITORIES'],
      input: async () => {
        const paths = { linux: '/mnt/show', darwin: '/Volumes/show', win32: null };
        await farm.admin.repositoriesAdd({ repository: { name: 'contested', paths } });
        return { repository: { name: 'contested', description: 'x' } };
      },
      what: 'repository',
    },
  ],
  [
    'templatePush',
    'conflict',
    { kinds: ['TEMPLATES'], input: async () => ({ definition: anEngine(2_001) }), what: 'template' },
  ],
  [
    'templateRollBack',
    'conflict',
    {
      kinds: ['TEMPLATES'],
      input: async () => {
        for (const description of ['one', 'two']) {
          await farm.admin.templatePush({ definition: anEngine(2_002, { description }) });
        }
        return { id: 2_002 };
      },
      what: 'template',
    },
  ],
  [
    'passwordChange',
    'conflict',
    {
      kinds: ['USERS'],
      input: async () => ({ password: ADMIN_PASSWORD, newPassword: 'another' }),
      what: 'user',
    },
  ],
  [
    'backupJob',
    'conflict',
    { kinds: ['ARCHIVEWORK'], input: async () => ({ id: await paused() }), what: 'job' },
  ],
  [
    'backupJobAndDelete',
    'conflict',
    { kinds: ['ARCHIVEWORK'], input: async () => ({ id: await paused() }), what: 'job' },
  ],
  [
    'backupRestoreJob',
    'conflict',
    {
      kinds: ['ARCHIVEWORK'],
      input: async () => {
        const { id } = await farm.admin.backupJob({ id: await paused() });
        return { id, actionMode: ['duplicate-entry'] as const };
      },
      what: 'backup',
    },
  ],
  [
    'poolAdd',
    'conflict',
    {
      kinds: ['NODES'],
      input: async () => {
        const { name } = await addNode();
        return { pool: { name, nodes: [name] } };
      },
      what: 'node',
    },
  ],
  [
    'poolConfigure',
    'conflict',
    {
      kinds: ['POOLS'],
      input: async () => {
        await farm.admin.poolAdd({ pool: { name: 'contested' } });
        return { pool: { name: 'contested', description: 'x' } };
      },
      what: 'pool',
    },
  ],
  [
    'poolRemove',
    'conflict',
    {
      kinds: ['NODES'],
      input: async () => {
        const { name } = await addNode();
        await farm.admin.poolAdd({ pool: { name, nodes: [name] } });
        return { name };
      },
      what: 'node',
    },
  ],
  [
    'nodeUpdate',
    'conflict',
    {
      kinds: ['NODES'],
      input: async () => ({
        session: measured.session,
        capabilities: { ...someCapabilities, cores: 1 },
        load: { cpu: 1, freeMemoryMb: 1, freeDiskMb: 1 },
      }),
      what: 'node',
      client: measured.client,
    },
  ],
  [
    'systemSetLDAPConfiguration',
    'conflict',
    {
      kinds: ['DIRECTORIES'],
      input: async () => ({ configuration: { baseDn: 'dc=example' } }),
      what: 'LDAP configuration',
    },
  ],
  [
    'systemSetOIDCConfiguration',
    'conflict',
    {
      kinds: ['DIRECTORIES'],
      input: async () => ({ configuration: { clientId: 'rollcall' } }),
      what: 'OIDC configuration',
    },
  ],
  [
    'systemSwapEngineStatus',
    'conflict',
    { kinds: ['CONFIGURATION'], input: async () => ({}), what: 'engine' },
  ],
  [
    'systemSetConfiguration',
    'conflict',
    {
      kinds: ['CONFIGURATION'],
      input: async () => {
        const { version } = (await farm.admin.systemGetConfiguration({})).configuration;
        return { configuration: { historyDays: 30, version } };
      },
      what: 'configuration',
    },
  ],
  [
    'systemSoftRestart',
    'conflict',
    { kinds: ['CONFIGURATION'], input: async () => ({}), what: 'configuration' },
  ],
  [
    'nodeRegister',
    'conflict',
    {
      kinds: ['NODES'],
      input: async () => {
        const { name, secret } = await addNode();
        return { name, secret, capabilities: someCapabilities };
      },
      what: 'node',
      client: farm.clientWith(JOIN_TOKEN),
    },
  ],
  [
    'nodeRegister',
    'conflict',
    {
      kinds: ['NODENAMES'],
      input: async () => ({
        name: 'late',
        secret: 'a secret of late 000',
        capabilities: someCapabilities,
      }),
      what: 'node name',
      client: farm.clientWith(JOIN_TOKEN),
    },
  ],
];

describe('a conflict that does not end', () => {
  for (const [name, code, { kinds, input, what, client = farm.admin }] of cases) {
    it(`over ${kinds.join(' and ')} is answered by ${name} with its code and changes nothing`, async (t) => {
      t.after(() => table.contest());
      const given = (await input()) as never;
      table.contest(...kinds);

      await assertRefusedWhole(farm, name, code, { what }, given, client);
    });
  }

  it('is tried here for every operation that declares it', () => {
    const declaring = operations.filter(({ errors }) => errors.includes('conflict')).map(({ name }) => name);

    assert.deepEqual([...new Set(cases.map(([name]) => name as string))].sort(), declaring.sort());
  });
});
