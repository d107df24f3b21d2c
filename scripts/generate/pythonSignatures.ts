/**
 * The functions of Muster's reference page in its order and words: positional arguments, and what is returned beside
 * the error. An argument is anything, an object, an object that is filled (`out`), or one of the model's numbered
 * records. Which field of an operation each is, follows from name, kind and order.
 */
const signatures = [
  'jobGetList() -> [MJob]',
  'jobGet(id) -> MJob',
  'jobReparent(id, newParentID)',
  'jobSubmit(job: MJob, owner)',
  'jobEdit(job: MJob)',
  'jobAddFolder(parent, owner, name) -> number',
  'jobReinit(id)',
  'jobDelete(id)',
  'jobUpdateStatus(id)',
  'jobUpdate(id)',

  'chunkGetList(id) -> [MChunk]',
  'chunkGet(jobId, chunkId) -> MChunk',
  'chunkSetStatus(jobId, chunkId, chunkStatus: chunkStatuses)',
  // Two entries of the page: without the chunk it is the history of the whole job.
  'chunkGetHistory(jobId, chunkId?) -> [MHistoryChunk]',

  'nodeKillProcess(id)',
  'nodeKillProcessAndPause(id)',
  'nodeKillProcessAndRestart(id)',
  'nodeKillAndPauseNodesWorkingOnJob(id)',
  'nodeKillAndRedoNodesWorkingOnJob(id)',
  'nodeKillAndGoOnNodesWorkingOnJob(id)',
  'nodePause(id)',
  'nodeResume(id)',
  'nodeForceUpdate(id)',
  'nodeSetProcessPriority(id, priority)',
  'nodeSoftRestart(id)',
  'nodePurgeTemplatesExclusion(id, templateId)',
  'nodePurgeJobsExclusions(id, jobsId)',
  'nodeSetRealtimeLog(id, status)',
  'nodeSendSystemEvent(id, event)',
  'nodeRunPythonCode(id, code)',
  'nodeSetNotes(id, notes)',
  'nodeRemoveRegistration(id)',
  'nodeGetList() -> [MNode]',
  'nodeGet(id) -> MNode',
  'nodeGetByName(name) -> MNode',
  'sendMessageToNode(id, templateId, message, brodcast)',

  'clientGetList() -> [MClient]',
  'clientGet(id) -> MClient',
  'clientGetByUsername(username) -> [MClient]',
  // Printed without arguments, although its description names one.
  'clientForceDisconnection(id)',
  'sendMessageToConsole(id, templateId, message, brodcast)',

  'clientNGetList() -> [MNClient]',
  'clientNGet(id) -> MNClient',
  'clientNGetByUsername(username) -> [MNClient]',
  'clientNForceDisconnection(id)',
  'sendMessageToNotificator(id, templateId, message, brodcast)',

  'dbGetStatisticsBounds() -> time, time, number',
  'dbGetHistoryBounds() -> time, time, number',
  'dbClearStatisticsBounds(start, end)',
  'dbClearHistoryBounds(start, end)',
  'dbImportQueueSQL(sql)',
  'dbExportQueueSQL(sql: out MStringRef)',
  'dbFlush()',
  'dbHistoryFlush()',
  'dbBackupFlush()',

  'backupJob(id, overwriteMode)',
  'backupJobAndDelete(id, overwriteMode)',
  'backupRestoreJob(id, actionMode, newParentId)',
  'backupGetBoundaries(boundaries: out MBackupQueryBoundaries)',
  'backupQuery(query: MBackupQuery) -> [MBackupJob]',

  'systemQueryEngineStatus() -> flag',
  'systemSwapEngineStatus()',
  'systemSoftRestart()',
  'systemResetStatisticsCounters()',
  'systemStartNodesNetworkScan()',
  'systemGetConfiguration() -> MDispatcherConfiguration',
  'systemSetConfiguration(configuration: MDispatcherConfiguration, store)',
  'systemGetLDAPConfiguration() -> MLDAPConfiguration',
  'systemSetLDAPConfiguration(configuration: MLDAPConfiguration, store)',
  'systemGetActivityLogsList() -> [text]',
  'systemGetActivityLog(name) -> text',
  'systemRemoveActivityLog(name)',
  'systemGetActionLogsList() -> [text]',
  'systemGetActionLog(name) -> text',
  'systemRemoveActionLog(name)',

  'logClear()',
  'logAddInternalMessage(message)',
  'logAddMessage(message)',

  'userGetList() -> [MUser]',
  'userGet(name) -> MUser',
  'userAdd(user: MUser)',
  'userRemove(name)',
  'userConfigure(user: MUser)',
  'groupGetList() -> [MGroup]',
  'groupGet(groupName) -> MGroup',
  'groupAdd(group: MGroup)',
  'groupRemove(groupName)',
  'groupConfigure(group: MGroup)',

  'poolGetList() -> [MPool]',
  'poolGet(name) -> MPool',
  'poolConfigure(pool: MPool)',
  'poolAdd(pool: MPool)',
  'poolRemove(name)',
  'poolNotifyChanges()',

  'repositoriesGetList() -> [MRepository]',
  'repositoriesGet(name) -> MRepository',
  'repositoriesConfigure(repository: MRepository)',
  'repositoriesAdd(repository: MRepository)',
  'repositoriesNotifyChanges()',
  // The name of one.
  'repositoriesRemove(repository)',
];

export interface Argument {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isOut: boolean;
  /** An object such as `MJob`, or a numbered record of the model. */
  readonly type: string | undefined;
}

export interface Result {
  /** An object such as `MJob`, or `text`, `number`, `flag`, `time`. */
  readonly type: string;
  readonly isList: boolean;
}

export interface Signature {
  readonly name: string;
  readonly takes: readonly Argument[];
  readonly gives: readonly Result[];
}

/** The functions of the reference, in its order. */
export const pythonSignatures: readonly Signature[] = signatures.map(parse);

function parse(line: string): Signature {
  const [, name = '', takes = '', gives] = /^(\w+)\((.*?)\)(?: -> (.+))?$/.exec(line) ?? [];
  if (name === '') throw new Error(`cannot read signature ${line}`);
  return { name, takes: list(takes).map(argument), gives: list(gives ?? '').map(result) };
}

function list(text: string): string[] {
  return text === '' ? [] : text.split(', ');
}

function argument(text: string): Argument {
  const [, name = '', optional, out, type] = /^(\w+)(\?)?(?:: (out )?(\w+))?$/.exec(text) ?? [];
  return { name, isOptional: optional !== undefined, isOut: out !== undefined, type };
}

function result(text: string): Result {
  const [, inside] = /^\[(\w+)\]$/.exec(text) ?? [];
  return { type: inside ?? text, isList: inside !== undefined };
}
