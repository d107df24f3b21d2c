# Generated from the contract by `npm run generate`; do not edit.
"""
The functions of Muster 9's Dispatcher Python API. Each returns a MUSTERERR, alone or first of a tuple, and raises
nothing for what goes wrong. The server is named by ROLLCALL_URL, with ROLLCALL_TOKEN or ROLLCALL_USER and
ROLLCALL_PASSWORD.
"""

from typing import Any, List, Optional, Tuple

from _rollcall import objects as _objects
from _rollcall.entity import Bits, FLAG, PLAIN, TIME
from _rollcall.objects import *  # noqa: F401,F403
from _rollcall.objects import backupOverwriteModes, backupRestoreActions, chunkStatuses
from _rollcall.operation import Many, One, Operation, Out, Part, Value, run
from _rollcall.queueImport import importQueue
from _rollcall.submission import submitJob

__all__ = [
    *_objects.__all__,
    "jobGetList",
    "jobGet",
    "jobReparent",
    "jobSubmit",
    "jobEdit",
    "jobAddFolder",
    "jobReinit",
    "jobDelete",
    "jobUpdateStatus",
    "jobUpdate",
    "chunkGetList",
    "chunkGet",
    "chunkSetStatus",
    "chunkGetHistory",
    "nodeKillProcess",
    "nodeKillProcessAndPause",
    "nodeKillProcessAndRestart",
    "nodeKillAndPauseNodesWorkingOnJob",
    "nodeKillAndRedoNodesWorkingOnJob",
    "nodeKillAndGoOnNodesWorkingOnJob",
    "nodePause",
    "nodeResume",
    "nodeForceUpdate",
    "nodeSetProcessPriority",
    "nodeSoftRestart",
    "nodePurgeTemplatesExclusion",
    "nodePurgeJobsExclusions",
    "nodeSetRealtimeLog",
    "nodeSendSystemEvent",
    "nodeRunPythonCode",
    "nodeSetNotes",
    "nodeRemoveRegistration",
    "nodeGetList",
    "nodeGet",
    "nodeGetByName",
    "sendMessageToNode",
    "clientGetList",
    "clientGet",
    "clientGetByUsername",
    "clientForceDisconnection",
    "sendMessageToConsole",
    "clientNGetList",
    "clientNGet",
    "clientNGetByUsername",
    "clientNForceDisconnection",
    "sendMessageToNotificator",
    "dbGetStatisticsBounds",
    "dbGetHistoryBounds",
    "dbClearStatisticsBounds",
    "dbClearHistoryBounds",
    "dbImportQueueSQL",
    "dbExportQueueSQL",
    "dbFlush",
    "dbHistoryFlush",
    "dbBackupFlush",
    "backupJob",
    "backupJobAndDelete",
    "backupRestoreJob",
    "backupGetBoundaries",
    "backupQuery",
    "systemQueryEngineStatus",
    "systemSwapEngineStatus",
    "systemSoftRestart",
    "systemResetStatisticsCounters",
    "systemStartNodesNetworkScan",
    "systemGetConfiguration",
    "systemSetConfiguration",
    "systemGetLDAPConfiguration",
    "systemSetLDAPConfiguration",
    "systemGetActivityLogsList",
    "systemGetActivityLog",
    "systemRemoveActivityLog",
    "systemGetActionLogsList",
    "systemGetActionLog",
    "systemRemoveActionLog",
    "logClear",
    "logAddInternalMessage",
    "logAddMessage",
    "userGetList",
    "userGet",
    "userAdd",
    "userRemove",
    "userConfigure",
    "groupGetList",
    "groupGet",
    "groupAdd",
    "groupRemove",
    "groupConfigure",
    "poolGetList",
    "poolGet",
    "poolConfigure",
    "poolAdd",
    "poolRemove",
    "poolNotifyChanges",
    "repositoriesGetList",
    "repositoriesGet",
    "repositoriesConfigure",
    "repositoriesAdd",
    "repositoriesNotifyChanges",
    "repositoriesRemove",
]

_jobGetList = Operation("jobGetList", "GET", "/v1/jobs/jobGetList", False, True, (), (Many("jobs", MJob),))


def jobGetList() -> Tuple[MUSTERERR, List[MJob]]:
    """
    Retrieves the queue, jobs and folders, page by page in the order of submission. A page may hold fewer
    entries than asked for when a filter is given; the queue ends where `nextPageToken` is null. Counts may lag
    by a second.
    """
    return run(_jobGetList)


_jobGet = Operation("jobGet", "GET", "/v1/jobs/jobGet", False, False, (Value("id", PLAIN),), (One("job", MJob),))


def jobGet(id: float) -> Tuple[MUSTERERR, Optional[MJob]]:
    """Retrieves a job or folder from the queue, as it is at this moment."""
    return run(_jobGet, id)


_jobReparent = Operation("jobReparent", "POST", "/v1/jobs/jobReparent", True, False, (Value("id", PLAIN), Value("newParentId", PLAIN)), ())


def jobReparent(id: int, newParentID: int) -> MUSTERERR:
    """
    Moves a job or folder into another folder, or to the root. Refuses a parent that is not a folder and a
    folder inside itself. Consoles hear `jobs/changed`.
    """
    return run(_jobReparent, id, newParentID)


_jobSubmit = Operation("jobSubmit", "POST", "/v1/jobs/jobSubmit", True, False, (Part("job", MJob, ("name", "parentId", "templateId", "priority", "emergencyQueue", "startFrame", "endFrame", "byFrame", "packetType", "packetSize", "imageSlices", "chunksPriority", "chunksInterleave", "startOn", "maximumInstances", "includedPools", "excludedPools", "dependIds", "dependMode", "dependLinkMode", "minimumCores", "minimumThreads", "minimumSpeedMhz", "minimumRamMb", "minimumPhysicalMb", "minimumDiskSpaceMb", "platform", "exitCodesErrorCheckType", "logsErrorCheckType", "validExitCodes", "warningExitCodes", "errorExitCodes", "chunkTimeoutSeconds", "maximumChunksRequeue", "department", "project", "sequence", "shot", "camera", "templateVersion", "notifications", "outputFiles", "frameCheck", "thumbnails", "actions", "movie", "environment", "attributes", "paused"), None, ()), Value("owner", PLAIN)), ())


def jobSubmit(job: MJob, owner: str) -> MUSTERERR:
    """
    Submits a new job into the queue. Hooks of its template may refuse it and name another owner. Refuses a
    parent that is not a folder, parents of dependencies that do not exist, an unknown template and attributes
    that the template does not take. Costs the same for one chunk as for ten million. A broadcast is answered
    with the id of the folder of its jobs. Consoles hear `jobs/added`.
    """
    return submitJob(_jobSubmit, _jobAddFolder, job, owner)


_jobEdit = Operation("jobEdit", "POST", "/v1/jobs/jobEdit", True, False, (Part("changes", MJob, ("name", "templateId", "priority", "emergencyQueue", "startFrame", "endFrame", "byFrame", "packetType", "packetSize", "imageSlices", "chunksPriority", "chunksInterleave", "startOn", "maximumInstances", "includedPools", "excludedPools", "dependIds", "dependMode", "dependLinkMode", "minimumCores", "minimumThreads", "minimumSpeedMhz", "minimumRamMb", "minimumPhysicalMb", "minimumDiskSpaceMb", "platform", "exitCodesErrorCheckType", "logsErrorCheckType", "validExitCodes", "warningExitCodes", "errorExitCodes", "chunkTimeoutSeconds", "maximumChunksRequeue", "department", "project", "sequence", "shot", "camera", "templateVersion", "notifications", "outputFiles", "frameCheck", "thumbnails", "actions", "movie", "environment", "attributes", "paused"), (), ("id",)),), ())


def jobEdit(job: MJob) -> MUSTERERR:
    """
    Edits a job of the queue; pauses and resumes it. Frames, packets and chunk order of a job of which chunks
    were handed out are refused: reinitialise it first. Nodes that work on the job finish their chunks. Consoles
    hear `jobs/changed`.
    """
    return run(_jobEdit, job)


_jobAddFolder = Operation("jobAddFolder", "POST", "/v1/jobs/jobAddFolder", True, False, (Value("parentId", PLAIN), Value("owner", PLAIN), Value("name", PLAIN)), (Value("id", PLAIN),))


def jobAddFolder(parent: int, owner: str, name: str) -> Tuple[MUSTERERR, Optional[int]]:
    """Creates a folder in the queue. Refuses a parent that is not a folder. Consoles hear `jobs/added`."""
    return run(_jobAddFolder, parent, owner, name)


_jobReinit = Operation("jobReinit", "POST", "/v1/jobs/jobReinit", True, False, (Value("id", PLAIN),), ())


def jobReinit(id: int) -> MUSTERERR:
    """
    Starts every chunk of a job again, as a new generation. Nodes that work on the old one are stopped; what
    they still report goes to history only. Refuses folders and jobs that are being deleted. Consoles hear
    `jobs/changed`.
    """
    return run(_jobReinit, id)


_jobDelete = Operation("jobDelete", "POST", "/v1/jobs/jobDelete", True, False, (Value("id", PLAIN),), ())


def jobDelete(id: int) -> MUSTERERR:
    """
    Deletes a job, or an empty folder, from the queue. Nodes that work on it are stopped. Id and name stay known
    in history. Refuses a folder that is not empty. Consoles hear `jobs/removed`.
    """
    return run(_jobDelete, id)


_jobUpdateStatus = Operation("jobUpdateStatus", "POST", "/v1/jobs/jobUpdateStatus", True, False, (Value("id", PLAIN),), ())


def jobUpdateStatus(id: int) -> MUSTERERR:
    """
    Recalculates a job's counts and status from its chunks. Consoles hear `jobs/changed` if anything differed.
    """
    return run(_jobUpdateStatus, id)


_jobUpdate = Operation("jobUpdate", "POST", "/v1/jobs/jobUpdate", True, False, (Value("id", PLAIN),), ())


def jobUpdate(id: int) -> MUSTERERR:
    """
    Sends a job to all Consoles again. Changes are always on disk already; Consoles hear `jobs/changed`.
    """
    return run(_jobUpdate, id)


_chunkGetList = Operation("chunkGetList", "GET", "/v1/chunks/chunkGetList", False, True, (Value("jobId", PLAIN),), (Many("chunks", MChunk),))


def chunkGetList(id: float) -> Tuple[MUSTERERR, List[MChunk]]:
    """
    Retrieves the chunks of a job page by page, in the order in which they are handed out; those that no node
    has had yet too, and with the progress of those that run. A page may hold fewer entries than asked for when
    a status is given.
    """
    return run(_chunkGetList, id)


_chunkGet = Operation("chunkGet", "GET", "/v1/chunks/chunkGet", False, False, (Value("jobId", PLAIN), Value("chunkId", PLAIN)), (One("chunk", MChunk),))


def chunkGet(jobId: float, chunkId: float) -> Tuple[MUSTERERR, Optional[MChunk]]:
    """Retrieves one chunk of a job as it is at this moment, with the progress of its node."""
    return run(_chunkGet, jobId, chunkId)


_chunkSetStatus = Operation("chunkSetStatus", "POST", "/v1/chunks/chunkSetStatus", True, False, (Value("jobId", PLAIN), Value("chunkId", PLAIN), Value("status", chunkStatuses)), ())


def chunkSetStatus(jobId: int, chunkId: int, chunkStatus: int) -> MUSTERERR:
    """
    Changes the status of a chunk by hand. `queued` renders it again and reopens a job that has ended; a node
    that is rendering it is stopped. Refuses chunks of folders and of jobs that are being deleted. Consoles hear
    `chunks/changed`.
    """
    return run(_chunkSetStatus, jobId, chunkId, chunkStatus)


_chunkGetHistory = Operation("chunkGetHistory", "GET", "/v1/chunks/chunkGetHistory", False, True, (Value("jobId", PLAIN), Value("chunkId", PLAIN)), (Many("attempts", MHistoryChunk),))


def chunkGetHistory(jobId: float, chunkId: Optional[float] = None) -> Tuple[MUSTERERR, List[MHistoryChunk]]:
    """
    Retrieves the ended attempts at one chunk, or at all chunks of a job, page by page. Attempts of earlier
    generations come first; those of deleted jobs are kept too.
    """
    return run(_chunkGetHistory, jobId, chunkId)


_nodeKillProcess = Operation("nodeKillProcess", "POST", "/v1/nodes/nodeKillProcess", True, False, (Value("id", PLAIN),), ())


def nodeKillProcess(id: int) -> MUSTERERR:
    """
    Kills the node's process. Its chunk goes back into the queue without penalty; the node takes its next chunk.
    Refuses a node that runs none. Consoles hear `nodes/changed`.
    """
    return run(_nodeKillProcess, id)


_nodeKillProcessAndPause = Operation("nodeKillProcessAndPause", "POST", "/v1/nodes/nodeKillProcessAndPause", True, False, (Value("id", PLAIN),), ())


def nodeKillProcessAndPause(id: int) -> MUSTERERR:
    """
    Pauses the node, then kills its process. Its chunk goes back into the queue without penalty. Refuses a node
    that runs none. Consoles hear `nodes/changed`.
    """
    return run(_nodeKillProcessAndPause, id)


_nodeKillProcessAndRestart = Operation("nodeKillProcessAndRestart", "POST", "/v1/nodes/nodeKillProcessAndRestart", True, False, (Value("id", PLAIN),), ())


def nodeKillProcessAndRestart(id: int) -> MUSTERERR:
    """
    Kills the node's process and starts the same chunk again on the same node, as a new attempt. Refuses a node
    that runs none. Consoles hear `nodes/changed`.
    """
    return run(_nodeKillProcessAndRestart, id)


_nodeKillAndPauseNodesWorkingOnJob = Operation("nodeKillAndPauseNodesWorkingOnJob", "POST", "/v1/nodes/nodeKillAndPauseNodesWorkingOnJob", True, False, (Value("id", PLAIN),), ())


def nodeKillAndPauseNodesWorkingOnJob(id: int) -> MUSTERERR:
    """
    Pauses all nodes that work on a job and kills their processes. Their chunks go back into the queue without
    penalty. Consoles hear `nodes/changed`.
    """
    return run(_nodeKillAndPauseNodesWorkingOnJob, id)


_nodeKillAndRedoNodesWorkingOnJob = Operation("nodeKillAndRedoNodesWorkingOnJob", "POST", "/v1/nodes/nodeKillAndRedoNodesWorkingOnJob", True, False, (Value("id", PLAIN),), ())


def nodeKillAndRedoNodesWorkingOnJob(id: int) -> MUSTERERR:
    """
    Kills the processes of all nodes that work on a job and starts each chunk again on its node, as a new
    attempt. Consoles hear `nodes/changed`.
    """
    return run(_nodeKillAndRedoNodesWorkingOnJob, id)


_nodeKillAndGoOnNodesWorkingOnJob = Operation("nodeKillAndGoOnNodesWorkingOnJob", "POST", "/v1/nodes/nodeKillAndGoOnNodesWorkingOnJob", True, False, (Value("id", PLAIN),), ())


def nodeKillAndGoOnNodesWorkingOnJob(id: int) -> MUSTERERR:
    """
    Kills the processes of all nodes that work on a job. Their chunks go back into the queue without penalty and
    the nodes take their next chunks. Consoles hear `nodes/changed`.
    """
    return run(_nodeKillAndGoOnNodesWorkingOnJob, id)


_nodePause = Operation("nodePause", "POST", "/v1/nodes/nodePause", True, False, (Value("id", PLAIN),), ())


def nodePause(id: int) -> MUSTERERR:
    """
    Pauses a node: it finishes its chunk and takes no other. A node that is offline is paused when it comes
    back. Consoles hear `nodes/changed`.
    """
    return run(_nodePause, id)


_nodeResume = Operation("nodeResume", "POST", "/v1/nodes/nodeResume", True, False, (Value("id", PLAIN),), ())


def nodeResume(id: int) -> MUSTERERR:
    """Resumes a paused node. Consoles hear `nodes/changed`."""
    return run(_nodeResume, id)


_nodeForceUpdate = Operation("nodeForceUpdate", "POST", "/v1/nodes/nodeForceUpdate", True, False, (Value("id", PLAIN),), ())


def nodeForceUpdate(id: int) -> MUSTERERR:
    """
    Makes a node measure load, memory, disk and software afresh and tell them. Consoles hear `nodes/changed`.
    Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.
    """
    return run(_nodeForceUpdate, id)


_nodeSetProcessPriority = Operation("nodeSetProcessPriority", "POST", "/v1/nodes/nodeSetProcessPriority", True, False, (Value("id", PLAIN), Value("priority", PLAIN)), ())


def nodeSetProcessPriority(id: int, priority: str) -> MUSTERERR:
    """
    Sets the priority of the processes of a node, of the one that runs too. A node that is offline takes it when
    it comes back. Consoles hear `nodes/changed`.
    """
    return run(_nodeSetProcessPriority, id, priority)


_nodeSoftRestart = Operation("nodeSoftRestart", "POST", "/v1/nodes/nodeSoftRestart", True, False, (Value("id", PLAIN),), ())


def nodeSoftRestart(id: int) -> MUSTERERR:
    """
    Makes a node read its configuration and register again, after the chunk that it runs. Consoles hear
    `nodes/changed`. Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.
    """
    return run(_nodeSoftRestart, id)


_nodePurgeTemplatesExclusion = Operation("nodePurgeTemplatesExclusion", "POST", "/v1/nodes/nodePurgeTemplatesExclusion", True, False, (Value("id", PLAIN), Value("templateId", PLAIN)), ())


def nodePurgeTemplatesExclusion(id: int, templateId: int) -> MUSTERERR:
    """
    Lets a node take chunks of a template again that it was excluded from after failures. Does nothing if it was
    not. Consoles hear `nodes/changed`.
    """
    return run(_nodePurgeTemplatesExclusion, id, templateId)


_nodePurgeJobsExclusions = Operation("nodePurgeJobsExclusions", "POST", "/v1/nodes/nodePurgeJobsExclusions", True, False, (Value("id", PLAIN), Value("jobId", PLAIN)), ())


def nodePurgeJobsExclusions(id: int, jobsId: int) -> MUSTERERR:
    """
    Lets a node take chunks of a job again that it was excluded from after failures. Does nothing if it was not.
    Consoles hear `nodes/changed`.
    """
    return run(_nodePurgeJobsExclusions, id, jobsId)


_nodeSetRealtimeLog = Operation("nodeSetRealtimeLog", "POST", "/v1/nodes/nodeSetRealtimeLog", True, False, (Value("id", PLAIN), Value("status", FLAG)), ())


def nodeSetRealtimeLog(id: int, status: bool) -> MUSTERERR:
    """
    Turns the real-time log of a node on or off: while it is on, chunkGetLiveLog shows what its process writes.
    A node that is offline takes it when it comes back. Consoles hear `nodes/changed`.
    """
    return run(_nodeSetRealtimeLog, id, status)


_nodeSendSystemEvent = Operation("nodeSendSystemEvent", "POST", "/v1/nodes/nodeSendSystemEvent", True, False, (Value("id", PLAIN), Value("event", PLAIN)), ())


def nodeSendSystemEvent(id: int, event: str) -> MUSTERERR:
    """
    Makes a node run the command that its operator configured for a system event; a node without one answers so
    and does nothing. Its chunk goes back into the queue without penalty. Refuses a node that is offline.
    nodeGetCommandAnswer tells what became of it.
    """
    return run(_nodeSendSystemEvent, id, event)


_nodeRunPythonCode = Operation("nodeRunPythonCode", "POST", "/v1/nodes/nodeRunPythonCode", True, False, (Value("id", PLAIN), Value("code", PLAIN)), ())


def nodeRunPythonCode(id: int, code: str) -> MUSTERERR:
    """
    Runs Python code on a node that was started with `--allow-python`; another one answers so and runs nothing.
    Refuses a node that is offline. nodeGetCommandAnswer tells what became of it.
    """
    return run(_nodeRunPythonCode, id, code)


_nodeSetNotes = Operation("nodeSetNotes", "POST", "/v1/nodes/nodeSetNotes", True, False, (Value("id", PLAIN), Value("notes", PLAIN)), ())


def nodeSetNotes(id: int, notes: str) -> MUSTERERR:
    """Sets the notes of a node. Consoles hear `nodes/changed`."""
    return run(_nodeSetNotes, id, notes)


_nodeRemoveRegistration = Operation("nodeRemoveRegistration", "POST", "/v1/nodes/nodeRemoveRegistration", True, False, (Value("id", PLAIN),), ())


def nodeRemoveRegistration(id: int) -> MUSTERERR:
    """
    Removes the registration of a node that is offline; its name is free again. Refuses a node that is online:
    stop its agent first. Consoles hear `nodes/removed`.
    """
    return run(_nodeRemoveRegistration, id)


_nodeGetList = Operation("nodeGetList", "GET", "/v1/nodes/nodeGetList", False, True, (), (Many("nodes", MNode),))


def nodeGetList() -> Tuple[MUSTERERR, List[MNode]]:
    """
    Retrieves the registered nodes page by page, by id. A page may hold fewer entries than asked for when a
    filter is given.
    """
    return run(_nodeGetList)


_nodeGet = Operation("nodeGet", "GET", "/v1/nodes/nodeGet", False, False, (Value("id", PLAIN),), (One("node", MNode),))


def nodeGet(id: float) -> Tuple[MUSTERERR, Optional[MNode]]:
    """Retrieves a node from its id."""
    return run(_nodeGet, id)


_nodeGetByName = Operation("nodeGetByName", "GET", "/v1/nodes/nodeGetByName", False, False, (Value("name", PLAIN),), (One("node", MNode),))


def nodeGetByName(name: str) -> Tuple[MUSTERERR, Optional[MNode]]:
    """Retrieves a node from its name."""
    return run(_nodeGetByName, name)


_sendMessageToNode = Operation("sendMessageToNode", "POST", "/v1/nodes/sendMessageToNode", True, False, (Value("id", PLAIN), Value("templateId", PLAIN), Value("message", PLAIN), Value("brodcast", FLAG)), ())


def sendMessageToNode(id: int, templateId: int, message: str, brodcast: bool) -> MUSTERERR:
    """
    Sends a message to one node, or with `brodcast` to all that are online. One that is offline gets it if it
    comes back within the hour.
    """
    return run(_sendMessageToNode, id, templateId, message, brodcast)


_clientGetList = Operation("clientGetList", "GET", "/v1/clients/clientGetList", False, False, (), (Many("clients", MClient),))


def clientGetList() -> Tuple[MUSTERERR, List[MClient]]:
    """
    Retrieves the clients that are connected, the oldest connection first. One that is gone without a word stays
    in the list until something is sent to it, two hours at most.
    """
    return run(_clientGetList)


_clientGet = Operation("clientGet", "GET", "/v1/clients/clientGet", False, False, (Value("id", PLAIN),), (One("client", MClient),))


def clientGet(id: str) -> Tuple[MUSTERERR, Optional[MClient]]:
    """Retrieves a connected client from the id of its connection."""
    return run(_clientGet, id)


_clientGetByUsername = Operation("clientGetByUsername", "GET", "/v1/clients/clientGetByUsername", False, False, (Value("username", PLAIN),), (Many("clients", MClient),))


def clientGetByUsername(username: str) -> Tuple[MUSTERERR, List[MClient]]:
    """Retrieves the connected clients of a user."""
    return run(_clientGetByUsername, username)


_clientForceDisconnection = Operation("clientForceDisconnection", "POST", "/v1/clients/clientForceDisconnection", True, False, (Value("id", PLAIN),), ())


def clientForceDisconnection(id: str) -> MUSTERERR:
    """
    Disconnects a client by the id of its connection, within a few seconds. It may connect again as long as its
    token is good: revoke that, or disable the user, to keep it away.
    """
    return run(_clientForceDisconnection, id)


_sendMessageToConsole = Operation("sendMessageToConsole", "POST", "/v1/clients/sendMessageToConsole", True, False, (Value("id", PLAIN), Value("templateId", PLAIN), Value("message", PLAIN), Value("brodcast", FLAG)), ())


def sendMessageToConsole(id: Any, templateId: int, message: str, brodcast: bool) -> MUSTERERR:
    """
    Sends a message to a client, or to all of them. It arrives within a few seconds as `messages/sent`; who
    connects later does not hear it.
    """
    return run(_sendMessageToConsole, id, templateId, message, brodcast)


_clientNGetList = Operation("clientNGetList", "GET", "/v1/notificators/clientNGetList", False, False, (), (Many("notificators", MNClient),))


def clientNGetList() -> Tuple[MUSTERERR, List[MNClient]]:
    """
    Retrieves the notificators that are connected, the oldest connection first. One that is gone without a word
    stays in the list until something is sent to it, two hours at most.
    """
    return run(_clientNGetList)


_clientNGet = Operation("clientNGet", "GET", "/v1/notificators/clientNGet", False, False, (Value("id", PLAIN),), (One("notificator", MNClient),))


def clientNGet(id: str) -> Tuple[MUSTERERR, Optional[MNClient]]:
    """Retrieves a connected notificator from the id of its connection."""
    return run(_clientNGet, id)


_clientNGetByUsername = Operation("clientNGetByUsername", "GET", "/v1/notificators/clientNGetByUsername", False, False, (Value("username", PLAIN),), (Many("notificators", MNClient),))


def clientNGetByUsername(username: str) -> Tuple[MUSTERERR, List[MNClient]]:
    """Retrieves the connected notificators of a user."""
    return run(_clientNGetByUsername, username)


_clientNForceDisconnection = Operation("clientNForceDisconnection", "POST", "/v1/notificators/clientNForceDisconnection", True, False, (Value("id", PLAIN),), ())


def clientNForceDisconnection(id: str) -> MUSTERERR:
    """
    Disconnects a notificator by the id of its connection, within a few seconds. It may connect again as long as
    its token is good: revoke that, or disable the user, to keep it away.
    """
    return run(_clientNForceDisconnection, id)


_sendMessageToNotificator = Operation("sendMessageToNotificator", "POST", "/v1/notificators/sendMessageToNotificator", True, False, (Value("id", PLAIN), Value("templateId", PLAIN), Value("message", PLAIN), Value("brodcast", FLAG)), ())


def sendMessageToNotificator(id: Any, templateId: int, message: str, brodcast: bool) -> MUSTERERR:
    """
    Sends a message to a notificator, or to all of them. It arrives within a few seconds as `messages/sent`; who
    connects later does not hear it.
    """
    return run(_sendMessageToNotificator, id, templateId, message, brodcast)


_dbGetStatisticsBounds = Operation("dbGetStatisticsBounds", "GET", "/v1/db/dbGetStatisticsBounds", False, False, (), (Value("start", TIME), Value("end", TIME), Value("sampleCount", PLAIN)))


def dbGetStatisticsBounds() -> Tuple[MUSTERERR, Optional[float], Optional[float], Optional[int]]:
    """
    Tells from when to when there are samples of statistics, and how many. There is one for each minute of the
    last two days in which something happened, and one an hour before and between.
    """
    return run(_dbGetStatisticsBounds)


_dbGetHistoryBounds = Operation("dbGetHistoryBounds", "GET", "/v1/db/dbGetHistoryBounds", False, False, (), (Value("start", TIME), Value("end", TIME), Value("sampleCount", PLAIN)))


def dbGetHistoryBounds() -> Tuple[MUSTERERR, Optional[float], Optional[float], Optional[int]]:
    """
    Tells when the first and the last attempt in history ended, and how many attempts there are. It counts all
    of them, which costs an eighth of a read unit for each KB of keys.
    """
    return run(_dbGetHistoryBounds)


_dbClearStatisticsBounds = Operation("dbClearStatisticsBounds", "POST", "/v1/db/dbClearStatisticsBounds", True, False, (Value("start", TIME), Value("end", TIME)), ())


def dbClearStatisticsBounds(start: float, end: float) -> MUSTERERR:
    """
    Clears the samples of statistics between two times, both included. If the last sample is among them,
    counters begin anew with the next. The same call again does no harm.
    """
    return run(_dbClearStatisticsBounds, start, end)


_dbClearHistoryBounds = Operation("dbClearHistoryBounds", "POST", "/v1/db/dbClearHistoryBounds", True, False, (Value("start", TIME), Value("end", TIME)), ())


def dbClearHistoryBounds(start: float, end: float) -> MUSTERERR:
    """
    Clears the attempts that ended between two times, both included, from history; jobs and chunks stay as they
    are. What is too much for one call is cleared in steps within the next minutes. The same call again does no
    harm.
    """
    return run(_dbClearHistoryBounds, start, end)


_dbImportQueueSQL = Operation("dbImportQueueSQL", "POST", "/v1/db/dbImportQueueSQL", True, False, (Value("sql", PLAIN),), ())


def dbImportQueueSQL(sql: str) -> MUSTERERR:
    """
    Replaces the queue by that of a text of SQL, such as dbExportQueueSQL gives: jobs that are in the text take
    the place of those that have their ids, all others are deleted. The text is read apart from everything, may
    make tables and rows and nothing else, and is checked as a whole before anything changes. Then the engine
    stands still, calls that read or change the queue are refused with `queue-importing`, and what was there is
    exported; it takes half a minute at least. Chunks that were running wait again. Users, groups, pools and
    repositories of the text are checked and left as they are. Consoles hear of each job.
    """
    return importQueue(_dbImportQueueSQL, sql)


_dbExportQueueSQL = Operation("dbExportQueueSQL", "GET", "/v1/db/dbExportQueueSQL", False, False, (Out("sql", MStringRef),), ())


def dbExportQueueSQL(sql: MStringRef) -> MUSTERERR:
    """
    Retrieves the queue as standard SQL: jobs, their attributes and chunks; pools, users, groups and
    repositories for reading along. There are no passwords and no tokens in it. What changes meanwhile may be in
    it or not, job by job.
    """
    return run(_dbExportQueueSQL, sql)


_dbFlush = Operation("dbFlush", "POST", "/v1/db/dbFlush", True, False, (), ())


def dbFlush() -> MUSTERERR:
    """
    Waits until everything that was written to the queue before has come through the change feed: whatever
    follows from it has been done or is in a queue. Nothing has to be flushed to be safe: what was answered is
    written. After 20 seconds it gives up.
    """
    return run(_dbFlush)


_dbHistoryFlush = Operation("dbHistoryFlush", "POST", "/v1/db/dbHistoryFlush", True, False, (), ())


def dbHistoryFlush() -> MUSTERERR:
    """
    Waits until every attempt that has ended before this call is in history. Nothing has to be flushed to be
    safe: what was answered is written. After 20 seconds it gives up.
    """
    return run(_dbHistoryFlush)


_dbBackupFlush = Operation("dbBackupFlush", "POST", "/v1/db/dbBackupFlush", True, False, (), ())


def dbBackupFlush() -> MUSTERERR:
    """
    Waits until everything that goes into a backup is there, history too; a backup itself is written when it is
    answered. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up.
    """
    return run(_dbBackupFlush)


_backupJob = Operation("backupJob", "POST", "/v1/backup/backupJob", True, False, (Value("id", PLAIN), Value("overwriteMode", backupOverwriteModes)), ())


def backupJob(id: int, overwriteMode: int) -> MUSTERERR:
    """
    Backs up a job, with all chunks and its history, or a folder by itself, into the archive. Jobs of some ten
    thousand chunks are ready with the answer; longer ones go on by themselves, and no entry is seen before it
    is whole and was read again. The same request, sent again, carries on what is under way. Refuses a job that
    is being rendered or could be: pause it, or wait for its end. An entry that is there and has to stay is
    refused too, unless it is of the job as it is now. It is for the owner of the job and for who has the right
    manage-archive. The queue does not change, so Consoles hear nothing.
    """
    return run(_backupJob, id, overwriteMode)


_backupJobAndDelete = Operation("backupJobAndDelete", "POST", "/v1/backup/backupJobAndDelete", True, False, (Value("id", PLAIN), Value("overwriteMode", backupOverwriteModes)), ())


def backupJobAndDelete(id: int, overwriteMode: int) -> MUSTERERR:
    """
    Backs up a job, or an empty folder, into the archive and then deletes it from the queue, if nobody has
    changed it meanwhile. Jobs of some ten thousand chunks are ready with the answer; longer ones go on by
    themselves, and no entry is seen before it is whole and was read again. The same request, sent again,
    carries on what is under way. Refuses a job that is being rendered or could be: pause it, or wait for its
    end. An entry that is there and has to stay is refused too, unless it is of the job as it is now. It is for
    the owner of the job and for who has the right manage-archive. Consoles hear `jobs/removed`.
    """
    return run(_backupJobAndDelete, id, overwriteMode)


_backupRestoreJob = Operation("backupRestoreJob", "POST", "/v1/backup/backupRestoreJob", True, False, (Value("id", PLAIN), Value("actionMode", Bits(backupRestoreActions.numbers)), Value("newParentId", PLAIN)), ())


def backupRestoreJob(id: int, actionMode: int, newParentId: Any) -> MUSTERERR:
    """
    Restores a job of the archive into the queue, as it was when it was backed up; it is in the queue once all
    of it is. A job that was deleted comes back under its own id; while it is in the queue, `duplicate-entry`
    makes another one with an id of its own, and without it the restore is refused. It is for the owner of the
    job and for who has the right manage-archive. The entry stays in the archive. Consoles hear `jobs/added`.
    """
    return run(_backupRestoreJob, id, actionMode, newParentId)


_backupGetBoundaries = Operation("backupGetBoundaries", "GET", "/v1/backup/backupGetBoundaries", False, False, (Out("", MBackupQueryBoundaries),), ())


def backupGetBoundaries(boundaries: MBackupQueryBoundaries) -> MUSTERERR:
    """Tells how many jobs the archive has, and from when to when they were backed up."""
    return run(_backupGetBoundaries, boundaries)


_backupQuery = Operation("backupQuery", "GET", "/v1/backup/backupQuery", False, True, (Part("", MBackupQuery, ("from", "to", "name", "owner", "project", "templateId"), None, ()),), (Many("jobs", MBackupJob),))


def backupQuery(query: MBackupQuery) -> Tuple[MUSTERERR, List[MBackupJob]]:
    """
    Retrieves jobs of the archive page by page, those that were backed up last first. A page may hold fewer
    entries than asked for when a filter is given; the list ends where `nextPageToken` is null.
    """
    return run(_backupQuery, query)


_systemQueryEngineStatus = Operation("systemQueryEngineStatus", "GET", "/v1/system/systemQueryEngineStatus", False, False, (), (Value("running", FLAG),))


def systemQueryEngineStatus() -> Tuple[MUSTERERR, Optional[bool]]:
    """Tells whether the selection engine is running."""
    return run(_systemQueryEngineStatus)


_systemSwapEngineStatus = Operation("systemSwapEngineStatus", "POST", "/v1/system/systemSwapEngineStatus", True, False, (), ())


def systemSwapEngineStatus() -> MUSTERERR:
    """
    Stops the selection engine if it runs and starts it if it does not, for good. While it is stopped no chunk
    is handed out; those that run go on. It takes effect within five seconds everywhere. Consoles hear
    `system/changed`.
    """
    return run(_systemSwapEngineStatus)


_systemSoftRestart = Operation("systemSoftRestart", "POST", "/v1/system/systemSoftRestart", True, False, (), ())


def systemSoftRestart() -> MUSTERERR:
    """
    Restarts the dispatcher softly: temporary settings are dropped, and every node registers again, one that
    works after its chunk. Nothing that runs is stopped and nothing is lost; nodes that are offline learn of it
    when they come back. Consoles hear `system/changed`.
    """
    return run(_systemSoftRestart)


_systemResetStatisticsCounters = Operation("systemResetStatisticsCounters", "POST", "/v1/system/systemResetStatisticsCounters", True, False, (), ())


def systemResetStatisticsCounters() -> MUSTERERR:
    """
    Restarts the counters of the statistics: samples from now on count from this moment. Samples that were taken
    before keep theirs.
    """
    return run(_systemResetStatisticsCounters)


_systemStartNodesNetworkScan = Operation("systemStartNodesNetworkScan", "POST", "/v1/system/systemStartNodesNetworkScan", True, False, (), ())


def systemStartNodesNetworkScan() -> MUSTERERR:
    """
    Starts a scan of the nodes: every registered node is asked to answer, and machines of those that are offline
    are woken where a live node of their subnet can. A scan takes the place of the one before.
    systemGetNodesNetworkScan tells who has answered and who is silent.
    """
    return run(_systemStartNodesNetworkScan)


_systemGetConfiguration = Operation("systemGetConfiguration", "GET", "/v1/system/systemGetConfiguration", False, False, (), (One("configuration", MDispatcherConfiguration),))


def systemGetConfiguration() -> Tuple[MUSTERERR, Optional[MDispatcherConfiguration]]:
    """Retrieves the settings of the farm that count now, and which of them the next soft restart drops."""
    return run(_systemGetConfiguration)


_systemSetConfiguration = Operation("systemSetConfiguration", "POST", "/v1/system/systemSetConfiguration", True, False, (Part("configuration", MDispatcherConfiguration, ("engineRunning", "busyLeaseSeconds", "busyHeartbeatSeconds", "idleLeaseSeconds", "idleHeartbeatSeconds", "acceptSeconds", "chunkTimeoutSeconds", "maximumChunksRequeue", "failuresExcludeJob", "jobsExcludeTemplate", "historyDays", "logDays", "exportsJobVariables", "hookSeconds", "failedHooksPass", "version"), ("version",), ()), Value("store", FLAG)), ())


def systemSetConfiguration(configuration: MDispatcherConfiguration, store: bool) -> MUSTERERR:
    """
    Sets settings of the farm; what is left out stays. Refuses settings that do not fit each other, and a
    version that is not the present one unless the settings are as wished already. Permanent values take the
    place of temporary ones of the same name. Takes effect within five seconds everywhere. Consoles hear
    `system/changed`.
    """
    return run(_systemSetConfiguration, configuration, store)


_systemGetLDAPConfiguration = Operation("systemGetLDAPConfiguration", "GET", "/v1/system/systemGetLDAPConfiguration", False, False, (), (One("configuration", MLDAPConfiguration),))


def systemGetLDAPConfiguration() -> Tuple[MUSTERERR, Optional[MLDAPConfiguration]]:
    """Retrieves how the directory of users is asked, without the password."""
    return run(_systemGetLDAPConfiguration)


_systemSetLDAPConfiguration = Operation("systemSetLDAPConfiguration", "POST", "/v1/system/systemSetLDAPConfiguration", True, False, (Part("configuration", MLDAPConfiguration, ("enabled", "urls", "startTls", "caCertificate", "bindDn", "baseDn", "userFilter", "nameAttribute", "groupBaseDn", "groupFilter", "groups", "order", "timeoutSeconds", "bindPassword"), (), ()), Value("store", FLAG)), ())


def systemSetLDAPConfiguration(configuration: MLDAPConfiguration, store: bool) -> MUSTERERR:
    """
    Changes how the directory of users is asked; what is left out stays. It counts within five seconds
    everywhere. Only administrators may, since who chooses the directory decides who everybody is. Refuses
    servers without TLS beyond this machine, and a group that does not exist.
    """
    return run(_systemSetLDAPConfiguration, configuration, store)


_systemGetActivityLogsList = Operation("systemGetActivityLogsList", "GET", "/v1/system/systemGetActivityLogsList", False, False, (), (Many("names", None),))


def systemGetActivityLogsList() -> Tuple[MUSTERERR, List[str]]:
    """Retrieves the names of the activity logs, one a day in UTC."""
    return run(_systemGetActivityLogsList)


_systemGetActivityLog = Operation("systemGetActivityLog", "GET", "/v1/system/systemGetActivityLog", False, True, (Value("name", PLAIN),), (Value("text", PLAIN),))


def systemGetActivityLog(name: str) -> Tuple[MUSTERERR, Optional[str]]:
    """
    Retrieves an activity log page by page: what the dispatcher did and why. A page may hold fewer lines than
    asked for when something is searched.
    """
    return run(_systemGetActivityLog, name)


_systemRemoveActivityLog = Operation("systemRemoveActivityLog", "POST", "/v1/system/systemRemoveActivityLog", True, False, (Value("name", PLAIN),), ())


def systemRemoveActivityLog(name: str) -> MUSTERERR:
    """
    Removes an activity log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today
    lines that are written later stay.
    """
    return run(_systemRemoveActivityLog, name)


_systemGetActionLogsList = Operation("systemGetActionLogsList", "GET", "/v1/system/systemGetActionLogsList", False, False, (), (Many("names", None),))


def systemGetActionLogsList() -> Tuple[MUSTERERR, List[str]]:
    """Retrieves the names of the action logs, one a day in UTC."""
    return run(_systemGetActionLogsList)


_systemGetActionLog = Operation("systemGetActionLog", "GET", "/v1/system/systemGetActionLog", False, True, (Value("name", PLAIN),), (Value("text", PLAIN),))


def systemGetActionLog(name: str) -> Tuple[MUSTERERR, Optional[str]]:
    """
    Retrieves an action log page by page: every call that was to change something, by whom, from which address,
    and what came of it. A page may hold fewer lines than asked for when something is searched.
    """
    return run(_systemGetActionLog, name)


_systemRemoveActionLog = Operation("systemRemoveActionLog", "POST", "/v1/system/systemRemoveActionLog", True, False, (Value("name", PLAIN),), ())


def systemRemoveActionLog(name: str) -> MUSTERERR:
    """
    Removes an action log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today
    lines that are written later stay.
    """
    return run(_systemRemoveActionLog, name)


_logClear = Operation("logClear", "POST", "/v1/log/logClear", True, False, (), ())


def logClear() -> MUSTERERR:
    """Clears the live log. The logs of the days stay as they are."""
    return run(_logClear)


_logAddInternalMessage = Operation("logAddInternalMessage", "POST", "/v1/log/logAddInternalMessage", True, False, (Value("message", PLAIN),), ())


def logAddInternalMessage(message: str) -> MUSTERERR:
    """
    Adds a message to the dispatcher's internal log, with the caller's name: a line `internal-message` of the
    activity log of the day.
    """
    return run(_logAddInternalMessage, message)


_logAddMessage = Operation("logAddMessage", "POST", "/v1/log/logAddMessage", True, False, (Value("message", PLAIN),), ())


def logAddMessage(message: str) -> MUSTERERR:
    """
    Adds a message to the dispatcher's log, with the caller's name: a line `message` of the activity log of the
    day.
    """
    return run(_logAddMessage, message)


_userGetList = Operation("userGetList", "GET", "/v1/users/userGetList", False, True, (), (Many("users", MUser),))


def userGetList() -> Tuple[MUSTERERR, List[MUser]]:
    """
    Retrieves the users page by page, by name. Those of the directory are among them, their names prefixed with
    `@directory@`; version 0 is one who has never logged in, whose groups are not known yet.
    """
    return run(_userGetList)


_userGet = Operation("userGet", "GET", "/v1/users/userGet", False, False, (Value("name", PLAIN),), (One("user", MUser),))


def userGet(name: str) -> Tuple[MUSTERERR, Optional[MUser]]:
    """Retrieves a user from their name."""
    return run(_userGet, name)


_userAdd = Operation("userAdd", "POST", "/v1/users/userAdd", True, False, (Part("user", MUser, ("name", "password", "description", "email", "isAdmin", "isEnabled", "groups", "rights", "pools", "maximumPriority"), None, ()),), ())


def userAdd(user: MUser) -> MUSTERERR:
    """
    Adds a user. Refuses a name that is taken or begins with `@directory@` or `@sso@`, a group that does not
    exist, and more rights than the caller has. Consoles hear `users/added`.
    """
    return run(_userAdd, user)


_userRemove = Operation("userRemove", "POST", "/v1/users/userRemove", True, False, (Value("name", PLAIN),), ())


def userRemove(name: str) -> MUSTERERR:
    """
    Removes a user, whose tokens are void within 30 seconds. Their jobs stay. Refuses user admin, and a user
    with more rights than the caller. Consoles hear `users/removed`.
    """
    return run(_userRemove, name)


_userConfigure = Operation("userConfigure", "POST", "/v1/users/userConfigure", True, False, (Part("user", MUser, ("name", "password", "description", "email", "isAdmin", "isEnabled", "groups", "rights", "pools", "maximumPriority"), ("name",), ()),), ())


def userConfigure(user: MUser) -> MUSTERERR:
    """
    Changes a user; what is left out stays. A new password voids all tokens of the user. Rights and limits hold
    within 30 seconds. Refuses a group that does not exist, more rights than the caller has, before or after the
    change, a password for a user of the directory, and to take user admin its power. Consoles hear
    `users/changed`.
    """
    return run(_userConfigure, user)


_groupGetList = Operation("groupGetList", "GET", "/v1/groups/groupGetList", False, True, (), (Many("groups", MGroup),))


def groupGetList() -> Tuple[MUSTERERR, List[MGroup]]:
    """Retrieves the groups page by page, by name."""
    return run(_groupGetList)


_groupGet = Operation("groupGet", "GET", "/v1/groups/groupGet", False, False, (Value("name", PLAIN),), (One("group", MGroup),))


def groupGet(groupName: str) -> Tuple[MUSTERERR, Optional[MGroup]]:
    """Retrieves a group from its name."""
    return run(_groupGet, groupName)


_groupAdd = Operation("groupAdd", "POST", "/v1/groups/groupAdd", True, False, (Part("group", MGroup, ("name", "description", "rights", "pools", "maximumPriority"), None, ()),), ())


def groupAdd(group: MGroup) -> MUSTERERR:
    """
    Adds a group without users. Refuses a name that is taken, and rights that the caller does not have. Consoles
    hear `groups/added`.
    """
    return run(_groupAdd, group)


_groupRemove = Operation("groupRemove", "POST", "/v1/groups/groupRemove", True, False, (Value("name", PLAIN),), ())


def groupRemove(groupName: str) -> MUSTERERR:
    """
    Removes a group and takes its users out of it; they lose its rights within 30 seconds. Refuses a group with
    rights that the caller does not have. Consoles hear `groups/removed`.
    """
    return run(_groupRemove, groupName)


_groupConfigure = Operation("groupConfigure", "POST", "/v1/groups/groupConfigure", True, False, (Part("group", MGroup, ("name", "description", "rights", "pools", "maximumPriority"), ("name",), ()),), ())


def groupConfigure(group: MGroup) -> MUSTERERR:
    """
    Changes a group; what is left out stays. Its users have the new rights within 30 seconds. Refuses rights
    that the caller does not have, before or after the change. Consoles hear `groups/changed`.
    """
    return run(_groupConfigure, group)


_poolGetList = Operation("poolGetList", "GET", "/v1/pools/poolGetList", False, True, (), (Many("pools", MPool),))


def poolGetList() -> Tuple[MUSTERERR, List[MPool]]:
    """
    Retrieves the pools page by page, by name: those that were added and those that only nodes name, so all that
    a job can ask for.
    """
    return run(_poolGetList)


_poolGet = Operation("poolGet", "GET", "/v1/pools/poolGet", False, False, (Value("name", PLAIN),), (One("pool", MPool),))


def poolGet(name: str) -> Tuple[MUSTERERR, Optional[MPool]]:
    """Retrieves a pool from its name."""
    return run(_poolGet, name)


_poolConfigure = Operation("poolConfigure", "POST", "/v1/pools/poolConfigure", True, False, (Part("pool", MPool, ("name", "description", "wakeAddresses", "nodes"), ("name",), ()),), ())


def poolConfigure(pool: MPool) -> MUSTERERR:
    """
    Changes a pool; what is left out stays. Refuses a pool that was not added and that no node names, and a node
    that is not registered. A node that is put into a pool or taken out stays so when it registers again, until
    its agent is started with other pools. Consoles hear `pools/changed`, and `nodes/changed` of nodes that
    enter or leave it.
    """
    return run(_poolConfigure, pool)


_poolAdd = Operation("poolAdd", "POST", "/v1/pools/poolAdd", True, False, (Part("pool", MPool, ("name", "description", "wakeAddresses", "nodes"), None, ()),), ())


def poolAdd(pool: MPool) -> MUSTERERR:
    """
    Adds a pool. One that so far only nodes name keeps them. Refuses a name that was added before, and a node
    that is not registered. Consoles hear `pools/added`, and `nodes/changed` of nodes that enter or leave it.
    """
    return run(_poolAdd, pool)


_poolRemove = Operation("poolRemove", "POST", "/v1/pools/poolRemove", True, False, (Value("name", PLAIN),), ())


def poolRemove(name: str) -> MUSTERERR:
    """
    Takes all nodes out of a pool and removes it. Jobs that ask for it wait until there are nodes in a pool of
    that name again. Consoles hear `pools/removed`, and `nodes/changed` of its nodes.
    """
    return run(_poolRemove, name)


_poolNotifyChanges = Operation("poolNotifyChanges", "POST", "/v1/pools/poolNotifyChanges", True, False, (), ())


def poolNotifyChanges() -> MUSTERERR:
    """
    Notifies all connected Consoles that pools have changed. Not needed for changes made here: each is told by
    itself. Consoles hear `pools/changed` with `refresh`.
    """
    return run(_poolNotifyChanges)


_repositoriesGetList = Operation("repositoriesGetList", "GET", "/v1/repositories/repositoriesGetList", False, True, (), (Many("repositories", MRepository),))


def repositoriesGetList() -> Tuple[MUSTERERR, List[MRepository]]:
    """Retrieves the repositories page by page, by name."""
    return run(_repositoriesGetList)


_repositoriesGet = Operation("repositoriesGet", "GET", "/v1/repositories/repositoriesGet", False, False, (Value("name", PLAIN),), (One("repository", MRepository),))


def repositoriesGet(name: str) -> Tuple[MUSTERERR, Optional[MRepository]]:
    """Retrieves a repository from its name."""
    return run(_repositoriesGet, name)


_repositoriesConfigure = Operation("repositoriesConfigure", "POST", "/v1/repositories/repositoriesConfigure", True, False, (Part("repository", MRepository, ("name", "description", "paths"), ("name",), ()),), ())


def repositoriesConfigure(repository: MRepository) -> MUSTERERR:
    """
    Changes a repository; what is left out stays, and `paths` are given all together. Consoles hear
    `repositories/changed`.
    """
    return run(_repositoriesConfigure, repository)


_repositoriesAdd = Operation("repositoriesAdd", "POST", "/v1/repositories/repositoriesAdd", True, False, (Part("repository", MRepository, ("name", "description", "paths"), None, ()),), ())


def repositoriesAdd(repository: MRepository) -> MUSTERERR:
    """
    Adds a repository. Chunks that are handed out more than five seconds later have its paths substituted.
    Refuses a name that is taken. Consoles hear `repositories/added`.
    """
    return run(_repositoriesAdd, repository)


_repositoriesNotifyChanges = Operation("repositoriesNotifyChanges", "POST", "/v1/repositories/repositoriesNotifyChanges", True, False, (), ())


def repositoriesNotifyChanges() -> MUSTERERR:
    """
    Notifies all connected Consoles that repositories have changed. Not needed for changes made here: each is
    told by itself. Consoles hear `repositories/changed` with `refresh`.
    """
    return run(_repositoriesNotifyChanges)


_repositoriesRemove = Operation("repositoriesRemove", "POST", "/v1/repositories/repositoriesRemove", True, False, (Value("name", PLAIN),), ())


def repositoriesRemove(repository: str) -> MUSTERERR:
    """
    Removes a repository: its paths stay as they are from then on. Consoles hear `repositories/removed`.
    """
    return run(_repositoriesRemove, repository)
