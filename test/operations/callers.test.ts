/** Nobody reaches what they may not: every operation, tried by every kind of caller. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Client } from '../../client/src/client.ts';
import { RollcallError } from '../../client/src/client.ts';
import type { Operations } from '../../client/src/generated.ts';
import { operations } from '../../shared/contract/index.ts';
import type { Right } from '../../shared/model/right.ts';
import { aConnection } from '../support/aConnection.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import { type FakeNode, someCapabilities } from '../support/fakeNode.ts';
import { changedItems, farmState } from '../support/farmState.ts';
import { sharedFarm } from '../support/sharedFarm.ts';
import { JOIN_TOKEN } from '../support/startFarm.ts';
import { waitsForFeed, whileMarkersAreMet } from '../support/whileDraining.ts';

type Name = keyof Operations;

const farm = await sharedFarm();
const expired = await farm.addUser('early');
farm.clock.advance(31 * 86_400_000);
const admin = await farm.addUser('ada', { isAdmin: true });
await admin.groupAdd({ group: { name: 'lighters', rights: ['change-group-jobs'] } });
const owner = await farm.addUser('olga', { groups: ['lighters'] });
const member = await farm.addUser('mona', { groups: ['lighters'] });
const stranger = await farm.addUser('stan');
const node = await farm.addNode('node');
const otherNode = await farm.addNode('other node');

const callers = {
  none: farm.clientWith(undefined),
  garbage: farm.clientWith('garbage'),
  expired,
  owner,
  member,
  stranger,
  admin,
  node: node.client,
  otherNode: otherNode.client,
  join: farm.clientWith(JOIN_TOKEN),
} as const satisfies Record<string, Client>;
type CallerName = keyof typeof callers;

/** What each caller is answered: `ok`, or the rule that it breaks. */
const noToken = 'none was sent';
const badToken = 'it is unknown or has expired';
const users = 'it is for user tokens';
const nodes = 'it is for node tokens';
const joiners = 'it is for join tokens';
const needs = (right: Right): string => `it needs the right ${right}`;
const stale = 'the attempt is of another node';
/** Who may import is told what is wrong with the text. */
const notSql = 'The text cannot be used: it is not SQL that can be run: near "not": syntax error';
/** The farm has no provider of identities, whoever asks. */
const noSso = 'an administrator turns it on';
const scripts = 'only administrators run scripts in the dispatcher';
const owners = 'the job belongs to olga';

type Row = readonly [
  none: string,
  garbage: string,
  expired: string,
  owner: string,
  member: string,
  stranger: string,
  admin: string,
  node: string,
  otherNode: string,
  join: string,
];

// biome-ignore format: a table is read by its columns
const expected: { readonly [N in Name]: Row } = {
  //  no token, garbage, expired, owner, group member, stranger, admin, node, node of another chunk, join token
  jobGetList:                        [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  jobGet:                            [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  jobSubmit:                         [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  jobEdit:                           [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  jobAddFolder:                      [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  jobReparent:                       [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  jobReinit:                         [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  jobDelete:                         [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  jobUpdateStatus:                   [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  jobUpdate:                         [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  jobExplain:                        [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  chunkGetList:                      [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  chunkGet:                          [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  chunkSetStatus:                    [noToken, badToken, badToken, 'ok', 'ok', owners, 'ok', users, users, users],
  chunkGetHistory:                   [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  chunkGetLog:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  chunkGetThumbnail:                 [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  chunkGetLiveLog:                   [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  nodeGetList:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  nodeGet:                           [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  nodeGetByName:                     [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  nodePause:                         [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeResume:                        [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeKillProcess:                   [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeKillProcessAndPause:           [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeKillProcessAndRestart:         [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeKillAndPauseNodesWorkingOnJob: [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeKillAndRedoNodesWorkingOnJob:  [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeKillAndGoOnNodesWorkingOnJob:  [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeSetNotes:                      [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodePurgeTemplatesExclusion:       [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodePurgeJobsExclusions:           [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeRemoveRegistration:            [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeSetProcessPriority:            [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeSetRealtimeLog:                [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeForceUpdate:                   [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeSoftRestart:                   [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeSendSystemEvent:               [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeRunPythonCode:                 [noToken, badToken, badToken, needs('run-code'), needs('run-code'), needs('run-code'), 'ok', users, users, users],
  nodeGetCommandAnswer:              [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  sendMessageToNode:                 [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  nodeWake:                          [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  clientGetList:                     [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientGet:                         [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientGetByUsername:               [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientGetSocketUrl:                [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientForceDisconnection:          [noToken, badToken, badToken, needs('manage-connections'), needs('manage-connections'), needs('manage-connections'), 'ok', users, users, users],
  sendMessageToConsole:              [noToken, badToken, badToken, needs('manage-connections'), needs('manage-connections'), needs('manage-connections'), 'ok', users, users, users],
  clientNGetList:                    [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientNGet:                        [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientNGetByUsername:              [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  clientNForceDisconnection:         [noToken, badToken, badToken, needs('manage-connections'), needs('manage-connections'), needs('manage-connections'), 'ok', users, users, users],
  sendMessageToNotificator:          [noToken, badToken, badToken, needs('manage-connections'), needs('manage-connections'), needs('manage-connections'), 'ok', users, users, users],
  userAdd:                           [noToken, badToken, badToken, needs('manage-people'), needs('manage-people'), needs('manage-people'), 'ok', users, users, users],
  userConfigure:                     [noToken, badToken, badToken, needs('manage-people'), needs('manage-people'), needs('manage-people'), 'ok', users, users, users],
  userRemove:                        [noToken, badToken, badToken, needs('manage-people'), needs('manage-people'), needs('manage-people'), 'ok', users, users, users],
  groupAdd:                          [noToken, badToken, badToken, needs('manage-people'), needs('manage-people'), needs('manage-people'), 'ok', users, users, users],
  groupConfigure:                    [noToken, badToken, badToken, needs('manage-people'), needs('manage-people'), needs('manage-people'), 'ok', users, users, users],
  groupRemove:                       [noToken, badToken, badToken, needs('manage-people'), needs('manage-people'), needs('manage-people'), 'ok', users, users, users],
  userGetList:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  userGet:                           [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  groupGetList:                      [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  groupGet:                          [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  poolGetList:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  poolGet:                           [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  poolAdd:                           [noToken, badToken, badToken, needs('manage-pools'), needs('manage-pools'), needs('manage-pools'), 'ok', users, users, users],
  poolConfigure:                     [noToken, badToken, badToken, needs('manage-pools'), needs('manage-pools'), needs('manage-pools'), 'ok', users, users, users],
  poolRemove:                        [noToken, badToken, badToken, needs('manage-pools'), needs('manage-pools'), needs('manage-pools'), 'ok', users, users, users],
  poolNotifyChanges:                 [noToken, badToken, badToken, needs('manage-pools'), needs('manage-pools'), needs('manage-pools'), 'ok', users, users, users],
  repositoriesAdd:                   [noToken, badToken, badToken, needs('manage-repositories'), needs('manage-repositories'), needs('manage-repositories'), 'ok', users, users, users],
  repositoriesConfigure:             [noToken, badToken, badToken, needs('manage-repositories'), needs('manage-repositories'), needs('manage-repositories'), 'ok', users, users, users],
  repositoriesGet:                   [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  repositoriesGetList:               [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  repositoriesRemove:                [noToken, badToken, badToken, needs('manage-repositories'), needs('manage-repositories'), needs('manage-repositories'), 'ok', users, users, users],
  repositoriesNotifyChanges:         [noToken, badToken, badToken, needs('manage-repositories'), needs('manage-repositories'), needs('manage-repositories'), 'ok', users, users, users],
  templateGetList:                   [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  templateGet:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  templatePush:                      [noToken, badToken, badToken, needs('manage-templates'), needs('manage-templates'), needs('manage-templates'), 'ok', users, users, users],
  templateRollBack:                  [noToken, badToken, badToken, needs('manage-templates'), needs('manage-templates'), needs('manage-templates'), 'ok', users, users, users],
  templateRemove:                    [noToken, badToken, badToken, needs('manage-templates'), needs('manage-templates'), needs('manage-templates'), 'ok', users, users, users],
  templateGetHookFailures:           [noToken, badToken, badToken, needs('manage-templates'), needs('manage-templates'), needs('manage-templates'), 'ok', users, users, users],
  templateRetryHooks:                [noToken, badToken, badToken, needs('manage-templates'), needs('manage-templates'), needs('manage-templates'), 'ok', users, users, users],
  backupJob:                         [noToken, badToken, badToken, 'ok', owners, owners, 'ok', users, users, users],
  backupJobAndDelete:                [noToken, badToken, badToken, 'ok', owners, owners, 'ok', users, users, users],
  backupRestoreJob:                  [noToken, badToken, badToken, 'ok', owners, owners, 'ok', users, users, users],
  backupGetBoundaries:               [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  backupQuery:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  systemGetLDAPConfiguration:        [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemGetOIDCConfiguration:        [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemSetOIDCConfiguration:        [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemSetLDAPConfiguration:        [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  dbGetStatisticsBounds:             [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  dbGetHistoryBounds:                [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  dbGetStatistics:                   [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  dbClearStatisticsBounds:           [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  dbClearHistoryBounds:              [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  dbImportUploadLink:                [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  dbImportQueueSQL:                  [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), notSql, users, users, users],
  dbExportQueueSQL:                  [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  dbFlush:                           [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  dbHistoryFlush:                    [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  dbBackupFlush:                     [noToken, badToken, badToken, needs('manage-databases'), needs('manage-databases'), needs('manage-databases'), 'ok', users, users, users],
  systemQueryEngineStatus:           [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  systemSwapEngineStatus:            [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemResetStatisticsCounters:     [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemGetConfiguration:            [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  systemSetConfiguration:            [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemRunScript:                   [noToken, badToken, badToken, scripts, scripts, scripts, 'ok', users, users, users],
  systemSoftRestart:                 [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemStartNodesNetworkScan:       [noToken, badToken, badToken, needs('manage-nodes'), needs('manage-nodes'), needs('manage-nodes'), 'ok', users, users, users],
  systemGetNodesNetworkScan:         [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  systemGetActivityLogsList:         [noToken, badToken, badToken, needs('read-logs'), needs('read-logs'), needs('read-logs'), 'ok', users, users, users],
  systemGetActivityLog:              [noToken, badToken, badToken, needs('read-logs'), needs('read-logs'), needs('read-logs'), 'ok', users, users, users],
  systemRemoveActivityLog:           [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  systemGetActionLogsList:           [noToken, badToken, badToken, needs('read-logs'), needs('read-logs'), needs('read-logs'), 'ok', users, users, users],
  systemGetActionLog:                [noToken, badToken, badToken, needs('read-logs'), needs('read-logs'), needs('read-logs'), 'ok', users, users, users],
  systemRemoveActionLog:             [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  logGetList:                        [noToken, badToken, badToken, needs('read-logs'), needs('read-logs'), needs('read-logs'), 'ok', users, users, users],
  logAddMessage:                     [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  logAddInternalMessage:             [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  logClear:                          [noToken, badToken, badToken, needs('manage-system'), needs('manage-system'), needs('manage-system'), 'ok', users, users, users],
  login:                             ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  oidcLoginBegin:                    [noSso, noSso, noSso, noSso, noSso, noSso, noSso, noSso, noSso, noSso],
  oidcLoginFinish:                   [noSso, noSso, noSso, noSso, noSso, noSso, noSso, noSso, noSso, noSso],
  whoAmI:                            [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  logout:                            [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  passwordChange:                    [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  tokenAdd:                          [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  tokenGetList:                      [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  tokenRevoke:                       [noToken, badToken, badToken, 'ok', 'ok', 'ok', 'ok', users, users, users],
  nodeRegister:                      [noToken, badToken, badToken, joiners, joiners, joiners, joiners, joiners, joiners, 'ok'],
  nodeClaim:                         [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', 'ok', nodes],
  nodeHeartbeat:                     [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', stale, nodes],
  nodeSendLog:                       [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', stale, nodes],
  nodeReport:                        [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', stale, nodes],
  nodeMailboxCredentials:            [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', 'ok', nodes],
  nodeUploadLog:                     [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', stale, nodes],
  nodeUpdate:                        [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', 'ok', nodes],
  nodeFetchCommands:                 [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', 'ok', nodes],
  nodeAnswerCommand:                 [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', 'ok', nodes],
  nodeLeave:                         [noToken, badToken, badToken, nodes, nodes, nodes, nodes, 'ok', 'ok', nodes],
};

let templateIds = 2_000;
const newTemplateId = (): number => {
  templateIds += 1;
  return templateIds;
};
async function pushedTemplate(): Promise<number> {
  const id = newTemplateId();
  await admin.templatePush({ definition: anEngine(id) });
  return id;
}

const aDay = { start: '2026-01-01T00:00:00.000Z', end: '2026-01-02T00:00:00.000Z' } as const;
const olgasJob = async (): Promise<number> => (await owner.jobSubmit({ job: aJob(2) })).id;
/** A job of olga's that nobody renders. */
const olgasPausedJob = async (): Promise<number> =>
  (await owner.jobSubmit({ job: aJob(2, { paused: true }) })).id;
const load = { cpu: 0, freeMemoryMb: 0, freeDiskMb: 0 };
let newcomers = 0;
const newcomer = (): Promise<FakeNode> => {
  newcomers += 1;
  return farm.addNode(`newcomer ${newcomers}`);
};
const newName = (what: string): string => {
  newcomers += 1;
  return `${what} ${newcomers}`;
};
/** A live connection, as the console function keeps it. */
async function connected(kind: 'console' | 'notificator'): Promise<string> {
  const connection = aConnection(farm.context.clock, { id: newName('connection').replace(' ', '-'), kind });
  await farm.context.connections.add(connection);
  return connection.id;
}
/** A pool of its own. */
async function addedPool(): Promise<string> {
  const name = newName('pool');
  await admin.poolAdd({ pool: { name } });
  return name;
}
const paths = { linux: '/mnt/show', darwin: '/Volumes/show', win32: null };
async function addedRepository(): Promise<string> {
  const name = newName('repository');
  await admin.repositoriesAdd({ repository: { name, paths } });
  return name;
}
async function addedUser(): Promise<string> {
  const name = newName('user');
  await admin.userAdd({ user: { name } });
  return name;
}
/** Id of a token that the caller may revoke, if it has any. */
async function ownToken(client: Client): Promise<string> {
  try {
    return (await client.tokenAdd({ description: 'short', days: 1 })).id;
  } catch {
    return 'of nobody';
  }
}
/** Name of the log of today, which is there. */
async function todaysLog(kind: 'activity' | 'action'): Promise<string> {
  await admin.logAddMessage({ message: 'here' });
  return `${kind}-${new Date(farm.clock.now()).toISOString().slice(0, 10)}.log`;
}
const settingsVersion = async (): Promise<number> =>
  (await admin.systemGetConfiguration({})).configuration.version;
async function addedGroup(): Promise<string> {
  const name = newName('group');
  await admin.groupAdd({ group: { name } });
  return name;
}
/** An offline node that shares a subnet with a live one. */
async function sleeper(): Promise<FakeNode> {
  const interfaces = [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }];
  const capabilities = { interfaces };
  newcomers += 1;
  await farm.addNode(`helper ${newcomers}`, { capabilities });
  const asleep = await farm.addNode(`sleeper ${newcomers}`, { capabilities });
  await asleep.leave();
  return asleep;
}
async function workingNewcomer(): Promise<FakeNode> {
  const busy = await newcomer();
  await owner.jobSubmit({ job: aJob(1, { emergencyQueue: true, includedPools: [busy.name] }) });
  farm.clock.advance(5_000);
  await busy.claim();
  assert.ok(busy.work);
  return busy;
}
/** Lets the calling node hold a chunk; nodeReport, tried after those that need it, ends it. */
async function heldAttempt() {
  if (node.work === null) {
    await owner.jobSubmit({ job: aJob(9, { emergencyQueue: true, includedPools: ['node'] }) });
    farm.clock.advance(5_000);
    await node.claim();
  }
  assert.ok(node.work);
  return node.work.assignment;
}

/** A logged chunk, for whoever reads logs. */
const logged = await heldAttempt();
const { url, thumbnail } = await node.client.nodeUploadLog({
  session: node.session,
  attempt: logged,
  hasThumbnail: true,
});
await fetch(url, { method: 'PUT', headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'x' });
await fetch(String(thumbnail?.url), { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: 'x' });

/** An input that is fine, on things of the owner's that are fresh where the operation uses them up. */
const inputs: { readonly [N in Name]: (client: Client) => Promise<Operations[N]['input']> } = {
  jobGetList: async () => ({}),
  jobGet: async () => ({ id: await olgasJob() }),
  jobSubmit: async () => ({ job: aJob(1) }),
  jobEdit: async () => ({ id: await olgasJob(), changes: { priority: 1 } }),
  jobAddFolder: async () => ({ parentId: -1, name: 'Rome' }),
  jobReparent: async () => {
    const { id: newParentId } = await owner.jobAddFolder({ parentId: -1, name: 'Rome' });
    return { id: await olgasJob(), newParentId };
  },
  jobReinit: async () => ({ id: await olgasJob() }),
  jobDelete: async () => ({ id: await olgasJob() }),
  jobUpdateStatus: async () => ({ id: await olgasJob() }),
  jobUpdate: async () => ({ id: await olgasJob() }),
  jobExplain: async () => ({ id: await olgasJob() }),
  chunkGetList: async () => ({ jobId: await olgasJob() }),
  chunkGet: async () => ({ jobId: await olgasJob(), chunkId: 1 }),
  chunkSetStatus: async () => ({ jobId: await olgasJob(), chunkId: 1, status: 'completed' }),
  chunkGetHistory: async () => ({ jobId: await olgasJob() }),
  chunkGetLog: async () => ({ jobId: logged.jobId, chunkId: 1, attempt: 1 }),
  chunkGetThumbnail: async () => ({ jobId: logged.jobId, chunkId: 1, attempt: 1 }),
  chunkGetLiveLog: async () => ({ jobId: logged.jobId, chunkId: 1 }),
  nodeGetList: async () => ({}),
  nodeGet: async () => ({ id: node.id }),
  nodeGetByName: async () => ({ name: 'node' }),
  nodePause: async () => ({ id: (await newcomer()).id }),
  nodeResume: async () => ({ id: (await newcomer()).id }),
  nodeKillProcess: async () => ({ id: (await workingNewcomer()).id }),
  nodeKillProcessAndPause: async () => ({ id: (await workingNewcomer()).id }),
  nodeKillProcessAndRestart: async () => ({ id: (await workingNewcomer()).id }),
  nodeKillAndPauseNodesWorkingOnJob: async () => ({ id: await olgasJob() }),
  nodeKillAndRedoNodesWorkingOnJob: async () => ({ id: await olgasJob() }),
  nodeKillAndGoOnNodesWorkingOnJob: async () => ({ id: await olgasJob() }),
  nodeSetNotes: async () => ({ id: node.id, notes: `seen ${farm.clock.now()}` }),
  nodePurgeTemplatesExclusion: async () => ({ id: node.id, templateId: 43 }),
  nodePurgeJobsExclusions: async () => ({ id: node.id, jobId: 1 }),
  nodeRemoveRegistration: async () => {
    const leaver = await newcomer();
    await leaver.leave();
    return { id: leaver.id };
  },
  nodeSetProcessPriority: async () => ({ id: (await newcomer()).id, priority: 'low' }),
  nodeSetRealtimeLog: async () => ({ id: (await newcomer()).id, status: true }),
  nodeForceUpdate: async () => ({ id: node.id }),
  nodeSoftRestart: async () => ({ id: node.id }),
  nodeSendSystemEvent: async () => ({ id: node.id, event: 'reboot' }),
  nodeRunPythonCode: async () => ({ id: node.id, code: 'print(1)' }),
  nodeGetCommandAnswer: async () => ({
    id: node.id,
    commandId: (await admin.nodeForceUpdate({ id: node.id })).commandId,
  }),
  sendMessageToNode: async () => ({ id: node.id, message: 'lunch' }),
  nodeWake: async () => ({ id: (await sleeper()).id }),
  clientGetList: async () => ({}),
  clientGet: async () => ({ id: await connected('console') }),
  clientGetByUsername: async () => ({ username: 'olga' }),
  clientGetSocketUrl: async () => ({}),
  clientForceDisconnection: async () => ({ id: await connected('console') }),
  sendMessageToConsole: async () => ({ id: await connected('console'), message: 'lunch' }),
  clientNGetList: async () => ({}),
  clientNGet: async () => ({ id: await connected('notificator') }),
  clientNGetByUsername: async () => ({ username: 'olga' }),
  clientNForceDisconnection: async () => ({ id: await connected('notificator') }),
  sendMessageToNotificator: async () => ({ id: await connected('notificator'), message: 'lunch' }),
  poolNotifyChanges: async () => ({}),
  repositoriesNotifyChanges: async () => ({}),
  userGetList: async () => ({}),
  userGet: async () => ({ name: 'olga' }),
  userAdd: async () => ({ user: { name: newName('user') } }),
  userConfigure: async () => ({ user: { name: await addedUser(), description: 'new' } }),
  userRemove: async () => ({ name: await addedUser() }),
  groupGetList: async () => ({}),
  groupGet: async () => ({ name: 'lighters' }),
  groupAdd: async () => ({ group: { name: newName('group') } }),
  groupConfigure: async () => ({ group: { name: await addedGroup(), description: 'new' } }),
  groupRemove: async () => ({ name: await addedGroup() }),
  poolGetList: async () => ({}),
  poolGet: async () => ({ name: await addedPool() }),
  poolAdd: async () => ({ pool: { name: `pool ${farm.clock.now()}`, nodes: ['node'] } }),
  poolConfigure: async () => ({ pool: { name: await addedPool(), description: 'nights', nodes: ['node'] } }),
  poolRemove: async () => ({ name: await addedPool() }),
  repositoriesGetList: async () => ({}),
  repositoriesGet: async () => ({ name: await addedRepository() }),
  repositoriesAdd: async () => ({ repository: { name: newName('repository'), paths } }),
  repositoriesConfigure: async () => ({ repository: { name: await addedRepository(), description: 'new' } }),
  repositoriesRemove: async () => ({ name: await addedRepository() }),
  templateGetList: async () => ({}),
  templateGet: async () => ({ id: 43 }),
  templatePush: async () => ({ definition: anEngine(newTemplateId()) }),
  templateRollBack: async () => ({ id: await pushedTemplate(), edition: 1 }),
  templateRemove: async () => ({ id: await pushedTemplate() }),
  templateGetHookFailures: async () => ({}),
  templateRetryHooks: async () => ({}),
  backupJob: async () => ({ id: await olgasPausedJob(), overwriteMode: 'keep' }),
  backupJobAndDelete: async () => ({ id: await olgasPausedJob(), overwriteMode: 'add' }),
  backupRestoreJob: async () => {
    const { id } = await owner.backupJob({ id: await olgasPausedJob() });
    return { id, actionMode: ['duplicate-entry'] };
  },
  backupGetBoundaries: async () => ({}),
  backupQuery: async () => ({}),
  systemGetLDAPConfiguration: async () => ({}),
  systemGetOIDCConfiguration: async () => ({}),
  systemSetOIDCConfiguration: async () => ({ configuration: { clientId: 'rollcall' } }),
  systemSetLDAPConfiguration: async () => ({ configuration: { baseDn: 'dc=example' } }),
  dbGetStatisticsBounds: async () => ({}),
  dbGetHistoryBounds: async () => ({}),
  dbGetStatistics: async () => ({}),
  dbClearStatisticsBounds: async () => aDay,
  dbClearHistoryBounds: async () => aDay,
  dbImportUploadLink: async () => ({}),
  // Whoever may import gets as far as the text: the farm of this test goes on.
  dbImportQueueSQL: async () => ({ sql: 'not SQL' }),
  dbExportQueueSQL: async () => ({}),
  dbFlush: async () => ({}),
  dbHistoryFlush: async () => ({}),
  dbBackupFlush: async () => ({}),
  systemQueryEngineStatus: async () => ({}),
  systemResetStatisticsCounters: async () => ({}),
  systemSwapEngineStatus: async () => ({}),
  systemGetConfiguration: async () => ({}),
  systemSetConfiguration: async () => ({
    configuration: { historyDays: 30, version: await settingsVersion() },
  }),
  systemRunScript: async () => ({
    language: 'typescript',
    file: 'one.ts',
    source: 'export default () => console.log(1);',
  }),
  systemSoftRestart: async () => ({}),
  systemStartNodesNetworkScan: async () => ({}),
  systemGetNodesNetworkScan: async () => {
    await admin.systemStartNodesNetworkScan({});
    return {};
  },
  systemGetActivityLogsList: async () => ({}),
  systemGetActivityLog: async () => ({ name: await todaysLog('activity') }),
  systemRemoveActivityLog: async () => ({ name: await todaysLog('activity') }),
  systemGetActionLogsList: async () => ({}),
  systemGetActionLog: async () => ({ name: await todaysLog('action') }),
  systemRemoveActionLog: async () => ({ name: await todaysLog('action') }),
  logGetList: async () => ({}),
  logAddMessage: async () => ({ message: 'lunch' }),
  logAddInternalMessage: async () => ({ message: 'lunch' }),
  logClear: async () => ({}),
  login: async () => ({ name: 'olga', password: ADMIN_PASSWORD }),
  oidcLoginBegin: async () => ({ returnAddress: 'http://127.0.0.1:40000/callback' }),
  oidcLoginFinish: async () => ({ state: 'a state', callback: 'code=a-code' }),
  whoAmI: async () => ({}),
  tokenAdd: async () => ({ description: 'nightly', days: 1 }),
  tokenGetList: async () => ({}),
  tokenRevoke: async (client) => ({ id: await ownToken(client) }),
  logout: async () => ({}),
  passwordChange: async () => ({ password: ADMIN_PASSWORD, newPassword: 'another one' }),
  nodeRegister: async () => ({
    name: 'another',
    secret: 'a secret of another',
    capabilities: someCapabilities,
  }),
  nodeClaim: async () => ({ session: node.session, attemptToken: null }),
  nodeHeartbeat: async () => ({ session: node.session, attemptToken: (await heldAttempt()).token, load }),
  nodeReport: async () => ({
    session: node.session,
    attempt: await heldAttempt(),
    outcome: 'completed',
    exitCode: 0,
    wantsNext: false,
  }),
  nodeMailboxCredentials: async () => ({ session: node.session }),
  nodeUploadLog: async () => ({ session: node.session, attempt: await heldAttempt() }),
  nodeSendLog: async () => ({
    session: node.session,
    attempt: await heldAttempt(),
    offset: 0,
    text: 'frame 1',
  }),
  nodeUpdate: async () => ({ session: node.session, capabilities: someCapabilities, load }),
  nodeFetchCommands: async () => ({ session: node.session }),
  nodeAnswerCommand: async () => ({
    session: node.session,
    commandId: (await admin.nodeForceUpdate({ id: node.id })).commandId,
    ok: true,
    exitCode: null,
    output: '',
  }),
  nodeLeave: async () => ({ session: node.session }),
};

/** What each user among the callers is, for operations that take the caller's own token away. */
const likeUser: { readonly [caller in CallerName]?: Parameters<typeof farm.addUser>[1] } = {
  owner: { groups: ['lighters'] },
  member: { groups: ['lighters'] },
  stranger: {},
  admin: { isAdmin: true },
};
const clientOf = async (caller: CallerName, name: Name): Promise<Client> =>
  caller in likeUser && (name === 'logout' || name === 'passwordChange')
    ? farm.addUser(newName('another'), likeUser[caller])
    : callers[caller];

/** The other node calls with its own session, whatever chunk it names. */
const inOwnSession = (caller: CallerName, input: object): object =>
  caller === 'otherNode' && 'session' in input ? { ...input, session: otherNode.session } : input;

/** `ok`, or code and rule of the refusal. */
async function answerTo<N extends Name>(client: Client, name: N, input: unknown): Promise<string[]> {
  try {
    const call = client[name](input as never);
    await (waitsForFeed(name) ? whileMarkersAreMet(farm, call) : call);
    return ['ok'];
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error;
    return [error.code, String(error.details['rule'] ?? error.details['reason'])];
  }
}

const refusal = (caller: CallerName, result: string): string[] =>
  result === 'ok'
    ? ['ok']
    : result === stale
      ? ['stale-attempt', 'undefined']
      : result === noSso
        ? ['transition-refused', noSso]
        : result === notSql
          ? ['import-refused', notSql]
          : [['none', 'garbage', 'expired'].includes(caller) ? 'unauthenticated' : 'forbidden', result];

describe('callers', () => {
  it('are tried with every operation of the contract', () => {
    assert.deepEqual(Object.keys(expected).sort(), operations.map(({ name }) => name).sort());
  });

  for (const name of Object.keys(expected) as Name[]) {
    it(`of ${name} are answered as written here, and a refused one changes nothing`, async () => {
      for (const [column, caller] of (Object.keys(callers) as CallerName[]).entries()) {
        const result = expected[name][column] ?? '';
        const client = await clientOf(caller, name);
        const input = inOwnSession(caller, await inputs[name](client));
        const before = farmState(farm);

        const answer = await answerTo(client, name, input);

        assert.deepEqual([caller, ...answer], [caller, ...refusal(caller, result)]);
        if (result !== 'ok') assert.deepEqual(changedItems(before, farmState(farm)), []);
      }
    });
  }

  it('of a node operation are known by their token, not by the session they name', async () => {
    const other = await newcomer();

    const answer = await answerTo(other.client, 'nodeHeartbeat', {
      session: node.session,
      attemptToken: null,
      load,
    });

    assert.equal(answer[0], 'session-replaced');
  });

  const headers: readonly [string, string][] = [
    ['', 'the header is not a bearer token'],
    ['Bearer', 'the header is not a bearer token'],
    ['Basic b2xnYTpwYXNz', 'the header is not a bearer token'],
    ['Bearer a b', 'the header is not a bearer token'],
    [`Bearer ${'x'.repeat(257)}`, 'the header is not a bearer token'],
    ['Bearer ../../etc', 'the header is not a bearer token'],
    ['bearer unknown', 'it is unknown or has expired'],
  ];
  for (const [header, reason] of headers) {
    it(`with the header ${header.slice(0, 24) || '(empty)'} are not believed`, async () => {
      const response = await fetch(`${farm.url}/v1/session/whoAmI`, { headers: { authorization: header } });
      const body = (await response.json()) as { error: { code: string; details: { reason: string } } };

      assert.equal(response.status, 401);
      assert.deepEqual([body.error.code, body.error.details.reason], ['unauthenticated', reason]);
    });
  }

  it('learn nothing of the rules for inputs before they are known', async () => {
    const response = await fetch(`${farm.url}/v1/jobs/jobSubmit`, { method: 'POST', body: 'not JSON' });

    assert.equal(response.status, 401);
  });
});
