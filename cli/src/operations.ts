/** The contract as the command line knows it. */

import type { OperationHelp } from './generated.ts';
import { operations } from './generated.ts';

/** An operation that a person may call. */
export type UserOperation = keyof typeof operations;

export const userOperations = Object.entries(operations) as readonly (readonly [
  UserOperation,
  OperationHelp,
])[];

/** The values that a field of an operation may have. */
export function choicesOf(operation: UserOperation, field: string): readonly string[] {
  const help: OperationHelp = operations[operation];
  const choices = help.fields.find(({ name }) => name === field)?.choices;
  if (choices === undefined) throw new Error(`${operation} has no field ${field} with choices`);
  return choices;
}

/** The commands by which each operation is carried out; `rollcall call` reaches all of them besides. */
export const commandsOf: Readonly<Record<UserOperation, readonly [string, ...string[]]>> = {
  jobAddFolder: ['folder'],
  jobDelete: ['delete'],
  jobEdit: ['edit', 'pause', 'resume'],
  jobExplain: ['explain'],
  jobGet: ['show', 'watch'],
  jobGetList: ['list', 'events'],
  jobReinit: ['reinit'],
  jobReparent: ['move'],
  jobSubmit: ['submit'],
  jobUpdate: ['resend'],
  jobUpdateStatus: ['recount'],
  chunkGet: ['chunk'],
  chunkGetHistory: ['history'],
  chunkGetList: ['chunks'],
  chunkGetLiveLog: ['logs'],
  chunkGetLog: ['logs'],
  chunkSetStatus: ['requeue'],
  nodeForceUpdate: ['nodes update'],
  nodeGet: ['nodes show'],
  nodeGetByName: ['nodes show'],
  nodeGetCommandAnswer: ['nodes update', 'nodes restart', 'nodes event', 'nodes python', 'nodes wake'],
  nodeGetList: ['nodes', 'nodes watch', 'events'],
  nodeKillAndGoOnNodesWorkingOnJob: ['nodes kill'],
  nodeKillAndPauseNodesWorkingOnJob: ['nodes kill'],
  nodeKillAndRedoNodesWorkingOnJob: ['nodes kill'],
  nodeKillProcess: ['nodes kill'],
  nodeKillProcessAndPause: ['nodes kill'],
  nodeKillProcessAndRestart: ['nodes kill'],
  nodePause: ['nodes pause'],
  nodePurgeJobsExclusions: ['nodes readmit'],
  nodePurgeTemplatesExclusion: ['nodes readmit'],
  nodeRemoveRegistration: ['nodes remove'],
  nodeResume: ['nodes resume'],
  nodeRunPythonCode: ['nodes python'],
  nodeSendSystemEvent: ['nodes event'],
  nodeSetNotes: ['nodes notes'],
  nodeSetProcessPriority: ['nodes priority'],
  nodeSetRealtimeLog: ['nodes log', 'logs'],
  nodeSoftRestart: ['nodes restart'],
  nodeWake: ['nodes wake'],
  userAdd: ['users add'],
  userConfigure: ['users configure'],
  userGet: ['users get'],
  userGetList: ['users'],
  userRemove: ['users remove'],
  groupAdd: ['groups add'],
  groupConfigure: ['groups configure'],
  groupGet: ['groups get'],
  groupGetList: ['groups'],
  groupRemove: ['groups remove'],
  repositoriesAdd: ['repositories add'],
  repositoriesConfigure: ['repositories configure'],
  repositoriesGet: ['repositories get'],
  repositoriesGetList: ['repositories'],
  repositoriesRemove: ['repositories remove'],
  poolAdd: ['pools add'],
  poolConfigure: ['pools configure'],
  poolGet: ['pools get'],
  poolGetList: ['pools'],
  poolRemove: ['pools remove'],
  sendMessageToNode: ['nodes message'],
  backupGetBoundaries: ['backup bounds'],
  backupJob: ['backup create'],
  backupJobAndDelete: ['backup create'],
  backupQuery: ['backup'],
  backupRestoreJob: ['backup restore'],
  systemGetLDAPConfiguration: ['system ldap get'],
  systemSetLDAPConfiguration: ['system ldap set'],
  dbClearHistoryBounds: ['db clear'],
  dbClearStatisticsBounds: ['db clear'],
  dbGetHistoryBounds: ['db bounds'],
  dbGetStatistics: ['db statistics'],
  dbGetStatisticsBounds: ['db bounds'],
  systemGetConfiguration: ['system config get'],
  systemGetNodesNetworkScan: ['system scan'],
  systemSetConfiguration: ['system config set'],
  systemSoftRestart: ['system restart'],
  systemStartNodesNetworkScan: ['system scan'],
  systemQueryEngineStatus: ['engine'],
  systemResetStatisticsCounters: ['db zero'],
  systemSwapEngineStatus: ['engine'],
  login: ['login'],
  logout: ['logout'],
  passwordChange: ['password'],
  tokenAdd: ['tokens add'],
  tokenGetList: ['tokens'],
  tokenRevoke: ['tokens revoke'],
  whoAmI: ['whoami'],
};
