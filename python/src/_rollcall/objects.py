# Generated from the contract by `npm run generate`; do not edit.
"""The objects that the functions take and give, and their constants."""

from typing import Any, Dict, List, Optional

from .attributes import Attributes
from .entity import FLAG, ID, NAMES, PLAIN, TIME, Entity, MStringRef, Number
from .errors import MUSTERERR

__all__ = [
    "MJob",
    "MChunk",
    "MHistoryChunk",
    "MNode",
    "MClient",
    "MNClient",
    "MPool",
    "MUser",
    "MGroup",
    "MRepository",
    "MBackupJob",
    "MBackupQuery",
    "MBackupQueryBoundaries",
    "MDispatcherConfiguration",
    "MLDAPConfiguration",
    "MStringRef",
    "MUSTERERR",
    "kTemplateMultiframe",
    "kTemplateImageSlices",
    "kTemplateBroadcast",
    "kTemplateTargetHost",
]

backupOverwriteModes = Number({"keep": 0, "overwrite": 1, "add": 2})
backupRestoreActions = Number({"duplicate-entry": 1, "restore-parents": 2})
chunkStatuses = Number({"waiting": 6, "queued": 1, "running": 2, "completed": 3, "warning": 4, "failed": 5})
checkTypes = Number({"full": 0, "skip-warnings": 1, "skip": 2})
chunkOrders = Number({"forward": 0, "backward": 1, "middle-out": 2, "interleaved": 3})
dependLinkModes = Number({"all": 0, "any": 1, "chunks": 2})
dependModes = Number({"success": 0, "ended": 1, "failure": 2})
jobStatuses = Number({"waiting": 6, "delayed": 7, "queued": 1, "in-progress": 2, "completed": 3, "completed-with-warnings": 4, "failed": 5, "deleting": 8, "folder": 0})
packetTypes = Number({"multiframe": 1, "image-slices": 2, "broadcast": 3, "target-host": 4})
nodeStatuses = Number({"offline": 0, "idle": 1, "working": 2, "paused": 3})

kTemplateMultiframe = 1
kTemplateImageSlices = 2
kTemplateBroadcast = 3
kTemplateTargetHost = 4


class MJob(Attributes):
    """A job or a folder of the queue."""

    kJobsBackupOverwriteModeKeep = 0
    kJobsBackupOverwriteModeOverwrite = 1
    kJobsBackupOverwriteModeAdd = 2
    kJobsBackupRestoreActionDuplicateEntry = 1
    kJobsBackupRestoreActionRestoreParents = 2
    kFull = 0
    kSkipWarnings = 1
    kSkip = 2
    kChunksPriorityForward = 0
    kChunksPriorityBackward = 1
    kChunksPriorityMiddleOut = 2
    kChunksPriorityInterleaved = 3
    kJobDependLinkAll = 0
    kJobDependLinkAny = 1
    kJobDependLinkChunks = 2
    kJobDependSuccess = 0
    kJobDependEnded = 1
    kJobDependFailure = 2
    kJobStatusWaiting = 6
    kJobStatusDelayed = 7
    kJobStatusQueued = 1
    kJobStatusInProgress = 2
    kJobStatusCompleted = 3
    kJobStatusCompletedWithWarnings = 4
    kJobStatusFailed = 5
    kJobStatusDeleting = 8
    kJobStatusFolder = 0
    kJobTypeJob = "job"
    kJobTypeFolder = "folder"

    _fields = {
        "id": (ID, None),
        "type": (PLAIN, "job"),
        "owner": (PLAIN, ""),
        "name": (PLAIN, ""),
        "parentId": (PLAIN, -1),
        "templateId": (PLAIN, 0),
        "priority": (PLAIN, 50),
        "emergencyQueue": (FLAG, False),
        "startFrame": (PLAIN, 1),
        "endFrame": (PLAIN, 1),
        "byFrame": (PLAIN, 1),
        "packetType": (packetTypes, "multiframe"),
        "packetSize": (PLAIN, 1),
        "imageSlices": (PLAIN, 1),
        "chunksPriority": (chunkOrders, "forward"),
        "chunksInterleave": (PLAIN, 2),
        "startOn": (TIME, None),
        "maximumInstances": (PLAIN, 0),
        "includedPools": (NAMES, []),
        "excludedPools": (NAMES, []),
        "dependIds": (PLAIN, []),
        "dependMode": (dependModes, "success"),
        "dependLinkMode": (dependLinkModes, "all"),
        "minimumCores": (PLAIN, None),
        "minimumThreads": (PLAIN, None),
        "minimumSpeedMhz": (PLAIN, None),
        "minimumRamMb": (PLAIN, None),
        "minimumPhysicalMb": (PLAIN, None),
        "minimumDiskSpaceMb": (PLAIN, None),
        "platform": (PLAIN, "any"),
        "exitCodesErrorCheckType": (checkTypes, "full"),
        "logsErrorCheckType": (checkTypes, "full"),
        "validExitCodes": (PLAIN, None),
        "warningExitCodes": (PLAIN, None),
        "errorExitCodes": (PLAIN, None),
        "chunkTimeoutSeconds": (PLAIN, None),
        "maximumChunksRequeue": (PLAIN, None),
        "department": (PLAIN, ""),
        "project": (PLAIN, ""),
        "sequence": (PLAIN, ""),
        "shot": (PLAIN, ""),
        "camera": (PLAIN, ""),
        "templateVersion": (PLAIN, ""),
        "notifications": (PLAIN, {}),
        "outputFiles": (PLAIN, None),
        "frameCheck": (PLAIN, None),
        "thumbnails": (FLAG, False),
        "actions": (PLAIN, None),
        "movie": (PLAIN, None),
        "environment": (PLAIN, {}),
        "attributes": (PLAIN, {}),
        "status": (jobStatuses, None),
        "statusReason": (PLAIN, ""),
        "paused": (FLAG, False),
        "generation": (PLAIN, 0),
        "version": (PLAIN, 0),
        "chunkCount": (PLAIN, 0),
        "handedOutCount": (PLAIN, 0),
        "runningCount": (PLAIN, 0),
        "counts": (PLAIN, {}),
        "progress": (PLAIN, 0),
        "submittedAt": (TIME, None),
        "startedAt": (TIME, None),
        "endedAt": (TIME, None),
    }

    def getId(self) -> int:
        """Id of a job or folder."""
        return self._get("id")

    def setId(self, value: int) -> None:
        """Id of a job or folder."""
        self._set("id", value)

    def getJobId(self) -> int:
        """Id of a job or folder."""
        return self._get("id")

    def setJobId(self, value: int) -> None:
        """Id of a job or folder."""
        self._set("id", value)

    def getType(self) -> str:
        return self._get("type")

    def setType(self, value: str) -> None:
        self._set("type", value)

    def getJobType(self) -> str:
        return self._get("type")

    def setJobType(self, value: str) -> None:
        self._set("type", value)

    def getOwner(self) -> str:
        return self._get("owner")

    def setOwner(self, value: str) -> None:
        self._set("owner", value)

    def getName(self) -> str:
        """Name for people."""
        return self._get("name")

    def setName(self, value: str) -> None:
        """Name for people."""
        self._set("name", value)

    def getParentId(self) -> int:
        """Id of the folder, -1 for the root."""
        return self._get("parentId")

    def setParentId(self, value: int) -> None:
        """Id of the folder, -1 for the root."""
        self._set("parentId", value)

    def getTemplateId(self) -> int:
        """Id of a template, as in the reference: 43 is the generic command."""
        return self._get("templateId")

    def setTemplateId(self, value: int) -> None:
        """Id of a template, as in the reference: 43 is the generic command."""
        self._set("templateId", value)

    def getTemplateID(self) -> int:
        """Id of a template, as in the reference: 43 is the generic command."""
        return self._get("templateId")

    def setTemplateID(self, value: int) -> None:
        """Id of a template, as in the reference: 43 is the generic command."""
        self._set("templateId", value)

    def getPriority(self) -> int:
        """0-65535; the larger goes first. What the template has as its default, else 50, if left out."""
        return self._get("priority")

    def setPriority(self, value: int) -> None:
        """0-65535; the larger goes first. What the template has as its default, else 50, if left out."""
        self._set("priority", value)

    def getEmergencyQueue(self) -> bool:
        """Goes before every job that is not an emergency."""
        return self._get("emergencyQueue")

    def setEmergencyQueue(self, value: bool) -> None:
        """Goes before every job that is not an emergency."""
        self._set("emergencyQueue", value)

    def getStartFrame(self) -> float:
        return self._get("startFrame")

    def setStartFrame(self, value: float) -> None:
        self._set("startFrame", value)

    def getEndFrame(self) -> float:
        return self._get("endFrame")

    def setEndFrame(self, value: float) -> None:
        self._set("endFrame", value)

    def getByFrame(self) -> float:
        """Step from frame to frame."""
        return self._get("byFrame")

    def setByFrame(self, value: float) -> None:
        """Step from frame to frame."""
        self._set("byFrame", value)

    def getPacketType(self) -> int:
        return self._get("packetType")

    def setPacketType(self, value: int) -> None:
        self._set("packetType", value)

    def getPacketSize(self) -> int:
        """Frames a chunk, 1-10000000."""
        return self._get("packetSize")

    def setPacketSize(self, value: int) -> None:
        """Frames a chunk, 1-10000000."""
        self._set("packetSize", value)

    def getImageSlices(self) -> int:
        """Slices a frame, with packet type image-slices."""
        return self._get("imageSlices")

    def setImageSlices(self, value: int) -> None:
        """Slices a frame, with packet type image-slices."""
        self._set("imageSlices", value)

    def getChunksPriority(self) -> int:
        """Order in which chunks are handed out."""
        return self._get("chunksPriority")

    def setChunksPriority(self, value: int) -> None:
        """Order in which chunks are handed out."""
        self._set("chunksPriority", value)

    def getChunksInterleave(self) -> int:
        """n of every n-th packet first."""
        return self._get("chunksInterleave")

    def setChunksInterleave(self, value: int) -> None:
        """n of every n-th packet first."""
        self._set("chunksInterleave", value)

    def getStartOn(self) -> float:
        """Not started before; null starts at once."""
        return self._get("startOn")

    def setStartOn(self, value: float) -> None:
        """Not started before; null starts at once."""
        self._set("startOn", value)

    def getMaximumInstances(self) -> int:
        """Most nodes at a time; 0 is no limit."""
        return self._get("maximumInstances")

    def setMaximumInstances(self, value: int) -> None:
        """Most nodes at a time; 0 is no limit."""
        self._set("maximumInstances", value)

    def getMaximumNodes(self) -> int:
        """Most nodes at a time; 0 is no limit."""
        return self._get("maximumInstances")

    def setMaximumNodes(self, value: int) -> None:
        """Most nodes at a time; 0 is no limit."""
        self._set("maximumInstances", value)

    def getIncludedPools(self) -> str:
        """Only nodes in one of these pools; empty allows every node. Those of the template, if left out."""
        return self._get("includedPools")

    def setIncludedPools(self, value: Any) -> None:
        """Only nodes in one of these pools; empty allows every node. Those of the template, if left out."""
        self._set("includedPools", value)

    def getExcludedPools(self) -> str:
        """No node in one of these pools. Those of the template, if left out."""
        return self._get("excludedPools")

    def setExcludedPools(self, value: Any) -> None:
        """No node in one of these pools. Those of the template, if left out."""
        self._set("excludedPools", value)

    def getDependIds(self) -> List[int]:
        """Jobs that this one waits for."""
        return self._get("dependIds")

    def setDependIds(self, value: List[int]) -> None:
        """Jobs that this one waits for."""
        self._set("dependIds", value)

    def getDependMode(self) -> int:
        return self._get("dependMode")

    def setDependMode(self, value: int) -> None:
        self._set("dependMode", value)

    def getDependLinkMode(self) -> int:
        return self._get("dependLinkMode")

    def setDependLinkMode(self, value: int) -> None:
        self._set("dependLinkMode", value)

    def getMinimumCores(self) -> Optional[float]:
        """Least processor cores of a node; null asks for none."""
        return self._get("minimumCores")

    def setMinimumCores(self, value: Optional[float]) -> None:
        """Least processor cores of a node; null asks for none."""
        self._set("minimumCores", value)

    def getMinimumThreads(self) -> Optional[float]:
        """Least hardware threads of a node; null asks for none."""
        return self._get("minimumThreads")

    def setMinimumThreads(self, value: Optional[float]) -> None:
        """Least hardware threads of a node; null asks for none."""
        self._set("minimumThreads", value)

    def getMinimumSpeedMhz(self) -> Optional[float]:
        """Least processor speed in MHz of a node; null asks for none."""
        return self._get("minimumSpeedMhz")

    def setMinimumSpeedMhz(self, value: Optional[float]) -> None:
        """Least processor speed in MHz of a node; null asks for none."""
        self._set("minimumSpeedMhz", value)

    def getMinimumRamMb(self) -> Optional[float]:
        """Least free memory in MB of a node; null asks for none."""
        return self._get("minimumRamMb")

    def setMinimumRamMb(self, value: Optional[float]) -> None:
        """Least free memory in MB of a node; null asks for none."""
        self._set("minimumRamMb", value)

    def getMinimumPhysicalMb(self) -> Optional[float]:
        """Least installed memory in MB of a node; null asks for none."""
        return self._get("minimumPhysicalMb")

    def setMinimumPhysicalMb(self, value: Optional[float]) -> None:
        """Least installed memory in MB of a node; null asks for none."""
        self._set("minimumPhysicalMb", value)

    def getMinimumDiskSpaceMb(self) -> Optional[float]:
        """Least free disk space in MB of a node; null asks for none."""
        return self._get("minimumDiskSpaceMb")

    def setMinimumDiskSpaceMb(self, value: Optional[float]) -> None:
        """Least free disk space in MB of a node; null asks for none."""
        self._set("minimumDiskSpaceMb", value)

    def getPlatform(self) -> str:
        """Platform of the nodes."""
        return self._get("platform")

    def setPlatform(self, value: str) -> None:
        """Platform of the nodes."""
        self._set("platform", value)

    def getExitCodesErrorCheckType(self) -> int:
        return self._get("exitCodesErrorCheckType")

    def setExitCodesErrorCheckType(self, value: int) -> None:
        self._set("exitCodesErrorCheckType", value)

    def getLogsErrorCheckType(self) -> int:
        return self._get("logsErrorCheckType")

    def setLogsErrorCheckType(self, value: int) -> None:
        self._set("logsErrorCheckType", value)

    def getValidExitCodes(self) -> Optional[List[int]]:
        """Exit codes; null takes the template's."""
        return self._get("validExitCodes")

    def setValidExitCodes(self, value: Optional[List[int]]) -> None:
        """Exit codes; null takes the template's."""
        self._set("validExitCodes", value)

    def getWarningExitCodes(self) -> Optional[List[int]]:
        """Exit codes; null takes the template's."""
        return self._get("warningExitCodes")

    def setWarningExitCodes(self, value: Optional[List[int]]) -> None:
        """Exit codes; null takes the template's."""
        self._set("warningExitCodes", value)

    def getErrorExitCodes(self) -> Optional[List[int]]:
        """Exit codes; null takes the template's."""
        return self._get("errorExitCodes")

    def setErrorExitCodes(self, value: Optional[List[int]]) -> None:
        """Exit codes; null takes the template's."""
        self._set("errorExitCodes", value)

    def getChunkTimeoutSeconds(self) -> Optional[int]:
        """A chunk that takes longer is stopped; 0 is no limit, null takes the setting of the farm."""
        return self._get("chunkTimeoutSeconds")

    def setChunkTimeoutSeconds(self, value: Optional[int]) -> None:
        """A chunk that takes longer is stopped; 0 is no limit, null takes the setting of the farm."""
        self._set("chunkTimeoutSeconds", value)

    def getMaximumChunksRequeue(self) -> Optional[int]:
        """How often a chunk is tried again before it fails; null takes the setting of the farm."""
        return self._get("maximumChunksRequeue")

    def setMaximumChunksRequeue(self, value: Optional[int]) -> None:
        """How often a chunk is tried again before it fails; null takes the setting of the farm."""
        self._set("maximumChunksRequeue", value)

    def getDepartment(self) -> str:
        return self._get("department")

    def setDepartment(self, value: str) -> None:
        self._set("department", value)

    def getProject(self) -> str:
        return self._get("project")

    def setProject(self, value: str) -> None:
        self._set("project", value)

    def getSequence(self) -> str:
        return self._get("sequence")

    def setSequence(self, value: str) -> None:
        self._set("sequence", value)

    def getShot(self) -> str:
        return self._get("shot")

    def setShot(self, value: str) -> None:
        self._set("shot", value)

    def getCamera(self) -> str:
        return self._get("camera")

    def setCamera(self, value: str) -> None:
        self._set("camera", value)

    def getTemplateVersion(self) -> str:
        return self._get("templateVersion")

    def setTemplateVersion(self, value: str) -> None:
        self._set("templateVersion", value)

    def getNotifications(self) -> Dict[str, Any]:
        return self._get("notifications")

    def setNotifications(self, value: Dict[str, Any]) -> None:
        self._set("notifications", value)

    def getOutputFiles(self) -> Optional[str]:
        """
        Files that the job writes, with a run of # for the frame; null takes what its template knows of them.
        """
        return self._get("outputFiles")

    def setOutputFiles(self, value: Optional[str]) -> None:
        """
        Files that the job writes, with a run of # for the frame; null takes what its template knows of them.
        """
        self._set("outputFiles", value)

    def getFrameCheck(self) -> Optional[Dict[str, Any]]:
        """What is checked of the files of a chunk when its program has ended well; null checks nothing."""
        return self._get("frameCheck")

    def setFrameCheck(self, value: Optional[Dict[str, Any]]) -> None:
        """What is checked of the files of a chunk when its program has ended well; null checks nothing."""
        self._set("frameCheck", value)

    def getThumbnails(self) -> bool:
        """Whether a small picture of the last frame of each chunk is kept, where its node has FFmpeg."""
        return self._get("thumbnails")

    def setThumbnails(self, value: bool) -> None:
        """Whether a small picture of the last frame of each chunk is kept, where its node has FFmpeg."""
        self._set("thumbnails", value)

    def getActions(self) -> Optional[Dict[str, Any]]:
        """Command lines that nodes run before and after; null for none."""
        return self._get("actions")

    def setActions(self, value: Optional[Dict[str, Any]]) -> None:
        """Command lines that nodes run before and after; null for none."""
        self._set("actions", value)

    def getMovie(self) -> Optional[Dict[str, Any]]:
        """Movie that is made of the frames when the job has completed; null makes none."""
        return self._get("movie")

    def setMovie(self, value: Optional[Dict[str, Any]]) -> None:
        """Movie that is made of the frames when the job has completed; null makes none."""
        self._set("movie", value)

    def getEnvironment(self) -> Dict[str, Any]:
        """Environment variables of the render process."""
        return self._get("environment")

    def setEnvironment(self, value: Dict[str, Any]) -> None:
        """Environment variables of the render process."""
        self._set("environment", value)

    def getAttributes(self) -> Dict[str, Any]:
        """Open map of attributes; the template says which it reads."""
        return self._get("attributes")

    def setAttributes(self, value: Dict[str, Any]) -> None:
        """Open map of attributes; the template says which it reads."""
        self._set("attributes", value)

    def getStatus(self) -> int:
        return self._get("status")

    def setStatus(self, value: int) -> None:
        self._set("status", value)

    def getStatusReason(self) -> str:
        """Why the job has this status, in words."""
        return self._get("statusReason")

    def setStatusReason(self, value: str) -> None:
        """Why the job has this status, in words."""
        self._set("statusReason", value)

    def getPaused(self) -> bool:
        """Submitted paused."""
        return self._get("paused")

    def setPaused(self, value: bool) -> None:
        """Submitted paused."""
        self._set("paused", value)

    def getGeneration(self) -> int:
        """Counts from 1; each reinit adds 1."""
        return self._get("generation")

    def setGeneration(self, value: int) -> None:
        """Counts from 1; each reinit adds 1."""
        self._set("generation", value)

    def getVersion(self) -> int:
        """Grows with each change of the state."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Grows with each change of the state."""
        self._set("version", value)

    def getChunkCount(self) -> int:
        return self._get("chunkCount")

    def setChunkCount(self, value: int) -> None:
        self._set("chunkCount", value)

    def getHandedOutCount(self) -> int:
        """Chunks that were handed out at least once."""
        return self._get("handedOutCount")

    def setHandedOutCount(self, value: int) -> None:
        """Chunks that were handed out at least once."""
        self._set("handedOutCount", value)

    def getRunningCount(self) -> int:
        """Instances that work on it now."""
        return self._get("runningCount")

    def setRunningCount(self, value: int) -> None:
        """Instances that work on it now."""
        self._set("runningCount", value)

    def getCounts(self) -> Dict[str, Any]:
        return self._get("counts")

    def setCounts(self, value: Dict[str, Any]) -> None:
        self._set("counts", value)

    def getProgress(self) -> float:
        """Share of the chunks that have ended, 0-1."""
        return self._get("progress")

    def setProgress(self, value: float) -> None:
        """Share of the chunks that have ended, 0-1."""
        self._set("progress", value)

    def getSubmittedAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("submittedAt")

    def setSubmittedAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("submittedAt", value)

    def getStartedAt(self) -> float:
        return self._get("startedAt")

    def setStartedAt(self, value: float) -> None:
        self._set("startedAt", value)

    def getEndedAt(self) -> float:
        return self._get("endedAt")

    def setEndedAt(self, value: float) -> None:
        self._set("endedAt", value)


class MChunk(Entity):
    """A packet of frames of a job."""

    kChunkStatusWaiting = 6
    kChunkStatusQueued = 1
    kChunkStatusRunning = 2
    kChunkStatusCompleted = 3
    kChunkStatusWarning = 4
    kChunkStatusFailed = 5

    _fields = {
        "jobId": (PLAIN, 0),
        "chunkId": (PLAIN, 0),
        "status": (chunkStatuses, None),
        "startFrame": (PLAIN, 0),
        "endFrame": (PLAIN, 0),
        "byFrame": (PLAIN, 0),
        "frameCount": (PLAIN, 0),
        "slice": (PLAIN, 0),
        "nodeId": (ID, None),
        "attempt": (PLAIN, 0),
        "requeueCount": (PLAIN, 0),
        "progress": (PLAIN, 0),
        "startedAt": (TIME, None),
        "endedAt": (TIME, None),
        "exitCode": (PLAIN, None),
        "message": (PLAIN, ""),
    }

    def getJobId(self) -> int:
        """Id of a job or folder."""
        return self._get("jobId")

    def setJobId(self, value: int) -> None:
        """Id of a job or folder."""
        self._set("jobId", value)

    def getChunkId(self) -> int:
        """Id of a chunk within its job."""
        return self._get("chunkId")

    def setChunkId(self, value: int) -> None:
        """Id of a chunk within its job."""
        self._set("chunkId", value)

    def getStatus(self) -> int:
        return self._get("status")

    def setStatus(self, value: int) -> None:
        self._set("status", value)

    def getStartFrame(self) -> float:
        return self._get("startFrame")

    def setStartFrame(self, value: float) -> None:
        self._set("startFrame", value)

    def getEndFrame(self) -> float:
        return self._get("endFrame")

    def setEndFrame(self, value: float) -> None:
        self._set("endFrame", value)

    def getByFrame(self) -> float:
        return self._get("byFrame")

    def setByFrame(self, value: float) -> None:
        self._set("byFrame", value)

    def getFrameCount(self) -> int:
        return self._get("frameCount")

    def setFrameCount(self, value: int) -> None:
        self._set("frameCount", value)

    def getSlice(self) -> int:
        return self._get("slice")

    def setSlice(self, value: int) -> None:
        self._set("slice", value)

    def getNodeId(self) -> int:
        """Node that runs it, or ran it last."""
        return self._get("nodeId")

    def setNodeId(self, value: int) -> None:
        """Node that runs it, or ran it last."""
        self._set("nodeId", value)

    def getAttempt(self) -> int:
        """Attempts begun in this generation."""
        return self._get("attempt")

    def setAttempt(self, value: int) -> None:
        """Attempts begun in this generation."""
        self._set("attempt", value)

    def getRequeueCount(self) -> int:
        """Attempts that failed or were lost."""
        return self._get("requeueCount")

    def setRequeueCount(self, value: int) -> None:
        """Attempts that failed or were lost."""
        self._set("requeueCount", value)

    def getProgress(self) -> float:
        """Progress of a running chunk, 0-1, as of the last heartbeat."""
        return self._get("progress")

    def setProgress(self, value: float) -> None:
        """Progress of a running chunk, 0-1, as of the last heartbeat."""
        self._set("progress", value)

    def getStartedAt(self) -> float:
        return self._get("startedAt")

    def setStartedAt(self, value: float) -> None:
        self._set("startedAt", value)

    def getEndedAt(self) -> float:
        return self._get("endedAt")

    def setEndedAt(self, value: float) -> None:
        self._set("endedAt", value)

    def getExitCode(self) -> Optional[int]:
        return self._get("exitCode")

    def setExitCode(self, value: Optional[int]) -> None:
        self._set("exitCode", value)

    def getMessage(self) -> str:
        """What its node or the dispatcher said about the last attempt."""
        return self._get("message")

    def setMessage(self, value: str) -> None:
        """What its node or the dispatcher said about the last attempt."""
        self._set("message", value)


class MHistoryChunk(Entity):
    """An attempt at a chunk that has ended."""

    kOutcomeCompleted = "completed"
    kOutcomeWarning = "warning"
    kOutcomeFailed = "failed"
    kOutcomeTimedOut = "timed-out"
    kOutcomeInterrupted = "interrupted"
    kOutcomeLost = "lost"
    kOutcomeOverridden = "overridden"

    _fields = {
        "jobId": (PLAIN, 0),
        "generation": (PLAIN, 0),
        "chunkId": (PLAIN, 0),
        "attempt": (PLAIN, 0),
        "nodeId": (ID, None),
        "outcome": (PLAIN, None),
        "startedAt": (TIME, None),
        "endedAt": (TIME, None),
        "exitCode": (PLAIN, None),
        "message": (PLAIN, ""),
        "cpuSeconds": (PLAIN, 0),
        "peakMemoryMb": (PLAIN, 0),
    }

    def getJobId(self) -> int:
        """Id of a job or folder."""
        return self._get("jobId")

    def setJobId(self, value: int) -> None:
        """Id of a job or folder."""
        self._set("jobId", value)

    def getGeneration(self) -> int:
        return self._get("generation")

    def setGeneration(self, value: int) -> None:
        self._set("generation", value)

    def getChunkId(self) -> int:
        """Id of a chunk within its job."""
        return self._get("chunkId")

    def setChunkId(self, value: int) -> None:
        """Id of a chunk within its job."""
        self._set("chunkId", value)

    def getAttempt(self) -> int:
        return self._get("attempt")

    def setAttempt(self, value: int) -> None:
        self._set("attempt", value)

    def getNodeId(self) -> int:
        return self._get("nodeId")

    def setNodeId(self, value: int) -> None:
        self._set("nodeId", value)

    def getOutcome(self) -> str:
        return self._get("outcome")

    def setOutcome(self, value: str) -> None:
        self._set("outcome", value)

    def getStartedAt(self) -> float:
        return self._get("startedAt")

    def setStartedAt(self, value: float) -> None:
        self._set("startedAt", value)

    def getEndedAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("endedAt")

    def setEndedAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("endedAt", value)

    def getExitCode(self) -> Optional[int]:
        return self._get("exitCode")

    def setExitCode(self, value: Optional[int]) -> None:
        self._set("exitCode", value)

    def getMessage(self) -> str:
        return self._get("message")

    def setMessage(self, value: str) -> None:
        self._set("message", value)

    def getCpuSeconds(self) -> float:
        return self._get("cpuSeconds")

    def setCpuSeconds(self, value: float) -> None:
        self._set("cpuSeconds", value)

    def getPeakMemoryMb(self) -> float:
        return self._get("peakMemoryMb")

    def setPeakMemoryMb(self, value: float) -> None:
        self._set("peakMemoryMb", value)


class MNode(Entity):
    """A render node: one instance on some machine."""

    kSystemEventReboot = "reboot"
    kSystemEventShutdown = "shutdown"
    kSystemEventRestartAgent = "restart-agent"
    kNodeStatusOffline = 0
    kNodeStatusIdle = 1
    kNodeStatusWorking = 2
    kNodeStatusPaused = 3
    kProcessPriorityLow = "low"
    kProcessPriorityBelowNormal = "below-normal"
    kProcessPriorityNormal = "normal"
    kProcessPriorityAboveNormal = "above-normal"
    kProcessPriorityHigh = "high"

    _fields = {
        "id": (ID, None),
        "name": (PLAIN, ""),
        "host": (PLAIN, ""),
        "platform": (PLAIN, None),
        "architecture": (PLAIN, ""),
        "cores": (PLAIN, 0),
        "threads": (PLAIN, 0),
        "speedMhz": (PLAIN, 0),
        "memoryMb": (PLAIN, 0),
        "agentVersion": (PLAIN, ""),
        "software": (PLAIN, []),
        "interfaces": (PLAIN, []),
        "pools": (PLAIN, []),
        "status": (nodeStatuses, None),
        "paused": (FLAG, False),
        "processPriority": (PLAIN, None),
        "realtimeLog": (FLAG, False),
        "notes": (PLAIN, ""),
        "jobId": (ID, None),
        "chunkId": (ID, None),
        "progress": (PLAIN, 0),
        "load": (PLAIN, None),
        "lastSeenAt": (TIME, None),
        "registeredAt": (TIME, None),
        "excludedJobs": (PLAIN, []),
        "excludedTemplates": (PLAIN, []),
    }

    def getId(self) -> int:
        """Id of a node."""
        return self._get("id")

    def setId(self, value: int) -> None:
        """Id of a node."""
        self._set("id", value)

    def getName(self) -> str:
        return self._get("name")

    def setName(self, value: str) -> None:
        self._set("name", value)

    def getHost(self) -> str:
        """Name of the machine."""
        return self._get("host")

    def setHost(self, value: str) -> None:
        """Name of the machine."""
        self._set("host", value)

    def getPlatform(self) -> str:
        return self._get("platform")

    def setPlatform(self, value: str) -> None:
        self._set("platform", value)

    def getArchitecture(self) -> str:
        return self._get("architecture")

    def setArchitecture(self, value: str) -> None:
        self._set("architecture", value)

    def getCores(self) -> float:
        return self._get("cores")

    def setCores(self, value: float) -> None:
        self._set("cores", value)

    def getThreads(self) -> float:
        return self._get("threads")

    def setThreads(self, value: float) -> None:
        self._set("threads", value)

    def getSpeedMhz(self) -> float:
        return self._get("speedMhz")

    def setSpeedMhz(self, value: float) -> None:
        self._set("speedMhz", value)

    def getMemoryMb(self) -> float:
        return self._get("memoryMb")

    def setMemoryMb(self, value: float) -> None:
        self._set("memoryMb", value)

    def getAgentVersion(self) -> str:
        return self._get("agentVersion")

    def setAgentVersion(self, value: str) -> None:
        self._set("agentVersion", value)

    def getSoftware(self) -> List[Dict[str, Any]]:
        """Render programs that the agent found."""
        return self._get("software")

    def setSoftware(self, value: List[Dict[str, Any]]) -> None:
        """Render programs that the agent found."""
        self._set("software", value)

    def getInterfaces(self) -> List[Dict[str, Any]]:
        """Network interfaces with an IPv4 address, loopback left out: a sleeping node is woken by them."""
        return self._get("interfaces")

    def setInterfaces(self, value: List[Dict[str, Any]]) -> None:
        """Network interfaces with an IPv4 address, loopback left out: a sleeping node is woken by them."""
        self._set("interfaces", value)

    def getPools(self) -> List[str]:
        return self._get("pools")

    def setPools(self, value: List[str]) -> None:
        self._set("pools", value)

    def getStatus(self) -> int:
        return self._get("status")

    def setStatus(self, value: int) -> None:
        self._set("status", value)

    def getPaused(self) -> bool:
        return self._get("paused")

    def setPaused(self, value: bool) -> None:
        self._set("paused", value)

    def getProcessPriority(self) -> str:
        """Priority of the processes that it starts."""
        return self._get("processPriority")

    def setProcessPriority(self, value: str) -> None:
        """Priority of the processes that it starts."""
        self._set("processPriority", value)

    def getRealtimeLog(self) -> bool:
        """Whether it sends the output of its process while it runs."""
        return self._get("realtimeLog")

    def setRealtimeLog(self, value: bool) -> None:
        """Whether it sends the output of its process while it runs."""
        self._set("realtimeLog", value)

    def getNotes(self) -> str:
        return self._get("notes")

    def setNotes(self, value: str) -> None:
        self._set("notes", value)

    def getJobId(self) -> int:
        """Job that it works on."""
        return self._get("jobId")

    def setJobId(self, value: int) -> None:
        """Job that it works on."""
        self._set("jobId", value)

    def getChunkId(self) -> int:
        return self._get("chunkId")

    def setChunkId(self, value: int) -> None:
        self._set("chunkId", value)

    def getProgress(self) -> float:
        return self._get("progress")

    def setProgress(self, value: float) -> None:
        self._set("progress", value)

    def getLoad(self) -> Optional[Dict[str, Any]]:
        return self._get("load")

    def setLoad(self, value: Optional[Dict[str, Any]]) -> None:
        self._set("load", value)

    def getLastSeenAt(self) -> float:
        return self._get("lastSeenAt")

    def setLastSeenAt(self, value: float) -> None:
        self._set("lastSeenAt", value)

    def getRegisteredAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("registeredAt")

    def setRegisteredAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("registeredAt", value)

    def getExcludedJobs(self) -> List[Dict[str, Any]]:
        """Jobs that it gets no chunks of, after failures."""
        return self._get("excludedJobs")

    def setExcludedJobs(self, value: List[Dict[str, Any]]) -> None:
        """Jobs that it gets no chunks of, after failures."""
        self._set("excludedJobs", value)

    def getExcludedTemplates(self) -> List[Dict[str, Any]]:
        """Templates that it gets no chunks of, after failures."""
        return self._get("excludedTemplates")

    def setExcludedTemplates(self, value: List[Dict[str, Any]]) -> None:
        """Templates that it gets no chunks of, after failures."""
        self._set("excludedTemplates", value)


class MClient(Entity):
    """A Console that is connected."""

    _fields = {
        "id": (ID, None),
        "username": (PLAIN, ""),
        "address": (PLAIN, ""),
        "version": (PLAIN, ""),
        "connectedAt": (TIME, None),
        "topics": (PLAIN, []),
    }

    def getId(self) -> int:
        """Id of the connection; a client that connects again has another."""
        return self._get("id")

    def setId(self, value: int) -> None:
        """Id of the connection; a client that connects again has another."""
        self._set("id", value)

    def getUsername(self) -> str:
        return self._get("username")

    def setUsername(self, value: str) -> None:
        self._set("username", value)

    def getAddress(self) -> str:
        """Network address that it comes from."""
        return self._get("address")

    def setAddress(self, value: str) -> None:
        """Network address that it comes from."""
        self._set("address", value)

    def getVersion(self) -> str:
        """Name and version of the program, as it gave them."""
        return self._get("version")

    def setVersion(self, value: str) -> None:
        """Name and version of the program, as it gave them."""
        self._set("version", value)

    def getConnectedAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("connectedAt")

    def setConnectedAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("connectedAt", value)

    def getTopics(self) -> List[str]:
        """Topics that it is subscribed to."""
        return self._get("topics")

    def setTopics(self, value: List[str]) -> None:
        """Topics that it is subscribed to."""
        self._set("topics", value)


class MNClient(Entity):
    """A notificator that is connected."""

    _fields = {
        "id": (ID, None),
        "username": (PLAIN, ""),
        "address": (PLAIN, ""),
        "version": (PLAIN, ""),
        "connectedAt": (TIME, None),
        "topics": (PLAIN, []),
    }

    def getId(self) -> int:
        """Id of the connection; a client that connects again has another."""
        return self._get("id")

    def setId(self, value: int) -> None:
        """Id of the connection; a client that connects again has another."""
        self._set("id", value)

    def getUsername(self) -> str:
        return self._get("username")

    def setUsername(self, value: str) -> None:
        self._set("username", value)

    def getAddress(self) -> str:
        """Network address that it comes from."""
        return self._get("address")

    def setAddress(self, value: str) -> None:
        """Network address that it comes from."""
        self._set("address", value)

    def getVersion(self) -> str:
        """Name and version of the program, as it gave them."""
        return self._get("version")

    def setVersion(self, value: str) -> None:
        """Name and version of the program, as it gave them."""
        self._set("version", value)

    def getConnectedAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("connectedAt")

    def setConnectedAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("connectedAt", value)

    def getTopics(self) -> List[str]:
        """Topics that it is subscribed to."""
        return self._get("topics")

    def setTopics(self, value: List[str]) -> None:
        """Topics that it is subscribed to."""
        self._set("topics", value)


class MPool(Entity):
    """A pool of nodes."""

    _fields = {
        "name": (PLAIN, ""),
        "description": (PLAIN, ""),
        "wakeAddresses": (PLAIN, []),
        "nodes": (PLAIN, []),
        "version": (PLAIN, 0),
    }

    def getName(self) -> str:
        return self._get("name")

    def setName(self, value: str) -> None:
        self._set("name", value)

    def getDescription(self) -> str:
        return self._get("description")

    def setDescription(self, value: str) -> None:
        self._set("description", value)

    def getWakeAddresses(self) -> List[Dict[str, Any]]:
        """Machines that nodeWake wakes with the pool although no node of theirs has registered."""
        return self._get("wakeAddresses")

    def setWakeAddresses(self, value: List[Dict[str, Any]]) -> None:
        """Machines that nodeWake wakes with the pool although no node of theirs has registered."""
        self._set("wakeAddresses", value)

    def getNodes(self) -> List[str]:
        """Makes exactly these nodes, by their names, the nodes of the pool; left out, they stay as they are."""
        return self._get("nodes")

    def setNodes(self, value: List[str]) -> None:
        """Makes exactly these nodes, by their names, the nodes of the pool; left out, they stay as they are."""
        self._set("nodes", value)

    def getVersion(self) -> int:
        """Grows with each change; 0 as long as only nodes name the pool."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Grows with each change; 0 as long as only nodes name the pool."""
        self._set("version", value)


class MUser(Entity):
    """A user."""

    _fields = {
        "name": (PLAIN, ""),
        "description": (PLAIN, ""),
        "email": (PLAIN, ""),
        "isAdmin": (FLAG, False),
        "isEnabled": (FLAG, True),
        "groups": (PLAIN, []),
        "rights": (PLAIN, []),
        "pools": (PLAIN, []),
        "maximumPriority": (PLAIN, None),
        "version": (PLAIN, 0),
        "password": (PLAIN, ""),
    }

    def getName(self) -> str:
        return self._get("name")

    def setName(self, value: str) -> None:
        self._set("name", value)

    def getDescription(self) -> str:
        return self._get("description")

    def setDescription(self, value: str) -> None:
        self._set("description", value)

    def getEmail(self) -> str:
        return self._get("email")

    def setEmail(self, value: str) -> None:
        self._set("email", value)

    def getIsAdmin(self) -> bool:
        """Has every right and no limits."""
        return self._get("isAdmin")

    def setIsAdmin(self, value: bool) -> None:
        """Has every right and no limits."""
        self._set("isAdmin", value)

    def getIsEnabled(self) -> bool:
        """Whether the user may log in, and whether their tokens work."""
        return self._get("isEnabled")

    def setIsEnabled(self, value: bool) -> None:
        """Whether the user may log in, and whether their tokens work."""
        self._set("isEnabled", value)

    def getGroups(self) -> List[str]:
        """Groups that the user is in."""
        return self._get("groups")

    def setGroups(self, value: List[str]) -> None:
        """Groups that the user is in."""
        self._set("groups", value)

    def getRights(self) -> List[str]:
        """What it allows."""
        return self._get("rights")

    def setRights(self, value: List[str]) -> None:
        """What it allows."""
        self._set("rights", value)

    def getPools(self) -> List[str]:
        """
        Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means
        every pool.
        """
        return self._get("pools")

    def setPools(self, value: List[str]) -> None:
        """
        Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means
        every pool.
        """
        self._set("pools", value)

    def getMaximumPriority(self) -> Optional[int]:
        """
        The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups,
        of which the highest counts; null sets none.
        """
        return self._get("maximumPriority")

    def setMaximumPriority(self, value: Optional[int]) -> None:
        """
        The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups,
        of which the highest counts; null sets none.
        """
        self._set("maximumPriority", value)

    def getVersion(self) -> int:
        """Grows with each change; 0 for a user of the directory who has never logged in."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Grows with each change; 0 for a user of the directory who has never logged in."""
        self._set("version", value)

    def getPassword(self) -> str:
        """Kept as a hash only. Without one the user logs in by a directory or has tokens."""
        return self._get("password")

    def setPassword(self, value: str) -> None:
        """Kept as a hash only. Without one the user logs in by a directory or has tokens."""
        self._set("password", value)


class MGroup(Entity):
    """A group of users."""

    _fields = {
        "name": (PLAIN, ""),
        "description": (PLAIN, ""),
        "rights": (PLAIN, []),
        "pools": (PLAIN, []),
        "maximumPriority": (PLAIN, None),
        "version": (PLAIN, 0),
    }

    def getName(self) -> str:
        return self._get("name")

    def setName(self, value: str) -> None:
        self._set("name", value)

    def getDescription(self) -> str:
        return self._get("description")

    def setDescription(self, value: str) -> None:
        self._set("description", value)

    def getRights(self) -> List[str]:
        """What it allows."""
        return self._get("rights")

    def setRights(self, value: List[str]) -> None:
        """What it allows."""
        self._set("rights", value)

    def getPools(self) -> List[str]:
        """
        Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means
        every pool.
        """
        return self._get("pools")

    def setPools(self, value: List[str]) -> None:
        """
        Pools that jobs may ask for. Those of a user and of all their groups count together; none at all means
        every pool.
        """
        self._set("pools", value)

    def getMaximumPriority(self) -> Optional[int]:
        """
        The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups,
        of which the highest counts; null sets none.
        """
        return self._get("maximumPriority")

    def setMaximumPriority(self, value: Optional[int]) -> None:
        """
        The highest priority of jobs: a higher one is lowered to it. A user's own counts before those of groups,
        of which the highest counts; null sets none.
        """
        self._set("maximumPriority", value)

    def getVersion(self) -> int:
        """Grows with each change."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Grows with each change."""
        self._set("version", value)


class MRepository(Entity):
    """A repository."""

    _fields = {
        "name": (PLAIN, ""),
        "description": (PLAIN, ""),
        "paths": (PLAIN, {}),
        "version": (PLAIN, 0),
    }

    def getName(self) -> str:
        return self._get("name")

    def setName(self, value: str) -> None:
        self._set("name", value)

    def getDescription(self) -> str:
        return self._get("description")

    def setDescription(self, value: str) -> None:
        self._set("description", value)

    def getPaths(self) -> Dict[str, Any]:
        """Where it is on each platform; null where it cannot be reached."""
        return self._get("paths")

    def setPaths(self, value: Dict[str, Any]) -> None:
        """Where it is on each platform; null where it cannot be reached."""
        self._set("paths", value)

    def getVersion(self) -> int:
        """Grows with each change."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Grows with each change."""
        self._set("version", value)


class MBackupJob(Entity):
    """A job of the archive."""

    _fields = {
        "id": (ID, None),
        "jobId": (PLAIN, 0),
        "type": (PLAIN, None),
        "name": (PLAIN, ""),
        "owner": (PLAIN, ""),
        "project": (PLAIN, ""),
        "templateId": (PLAIN, 0),
        "parentId": (PLAIN, None),
        "status": (jobStatuses, None),
        "chunkCount": (PLAIN, 0),
        "attemptCount": (PLAIN, 0),
        "byteCount": (PLAIN, 0),
        "submittedAt": (TIME, None),
        "endedAt": (TIME, None),
        "backedUpAt": (TIME, None),
        "backedUpBy": (PLAIN, ""),
    }

    def getId(self) -> int:
        """Id of the entry: that of the job, or one of its own for an entry that was added to others."""
        return self._get("id")

    def setId(self, value: int) -> None:
        """Id of the entry: that of the job, or one of its own for an entry that was added to others."""
        self._set("id", value)

    def getJobId(self) -> int:
        """Id that the job had in the queue."""
        return self._get("jobId")

    def setJobId(self, value: int) -> None:
        """Id that the job had in the queue."""
        self._set("jobId", value)

    def getType(self) -> str:
        return self._get("type")

    def setType(self, value: str) -> None:
        self._set("type", value)

    def getName(self) -> str:
        return self._get("name")

    def setName(self, value: str) -> None:
        self._set("name", value)

    def getOwner(self) -> str:
        return self._get("owner")

    def setOwner(self, value: str) -> None:
        self._set("owner", value)

    def getProject(self) -> str:
        return self._get("project")

    def setProject(self, value: str) -> None:
        self._set("project", value)

    def getTemplateId(self) -> int:
        """Id of a template, as in the reference: 43 is the generic command."""
        return self._get("templateId")

    def setTemplateId(self, value: int) -> None:
        """Id of a template, as in the reference: 43 is the generic command."""
        self._set("templateId", value)

    def getParentId(self) -> int:
        """Id of the folder, -1 for the root."""
        return self._get("parentId")

    def setParentId(self, value: int) -> None:
        """Id of the folder, -1 for the root."""
        self._set("parentId", value)

    def getStatus(self) -> int:
        return self._get("status")

    def setStatus(self, value: int) -> None:
        self._set("status", value)

    def getChunkCount(self) -> int:
        return self._get("chunkCount")

    def setChunkCount(self, value: int) -> None:
        self._set("chunkCount", value)

    def getAttemptCount(self) -> int:
        """Attempts of its history."""
        return self._get("attemptCount")

    def setAttemptCount(self, value: int) -> None:
        """Attempts of its history."""
        self._set("attemptCount", value)

    def getByteCount(self) -> int:
        """Size in the archive, compressed."""
        return self._get("byteCount")

    def setByteCount(self, value: int) -> None:
        """Size in the archive, compressed."""
        self._set("byteCount", value)

    def getSubmittedAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("submittedAt")

    def setSubmittedAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("submittedAt", value)

    def getEndedAt(self) -> float:
        return self._get("endedAt")

    def setEndedAt(self, value: float) -> None:
        self._set("endedAt", value)

    def getBackedUpAt(self) -> float:
        """UTC time, ISO 8601 with milliseconds."""
        return self._get("backedUpAt")

    def setBackedUpAt(self, value: float) -> None:
        """UTC time, ISO 8601 with milliseconds."""
        self._set("backedUpAt", value)

    def getBackedUpBy(self) -> str:
        return self._get("backedUpBy")

    def setBackedUpBy(self, value: str) -> None:
        self._set("backedUpBy", value)


class MBackupQuery(Entity):
    """Which jobs of the archive are wanted."""

    _fields = {
        "from": (TIME, None),
        "to": (TIME, None),
        "name": (PLAIN, ""),
        "owner": (PLAIN, ""),
        "project": (PLAIN, ""),
        "templateId": (PLAIN, 0),
    }

    def getFrom(self) -> float:
        """Only what was backed up at this time or later."""
        return self._get("from")

    def setFrom(self, value: float) -> None:
        """Only what was backed up at this time or later."""
        self._set("from", value)

    def getTo(self) -> float:
        """Only what was backed up at this time or earlier."""
        return self._get("to")

    def setTo(self, value: float) -> None:
        """Only what was backed up at this time or earlier."""
        self._set("to", value)

    def getName(self) -> str:
        """Only jobs whose name contains this, in upper or lower case."""
        return self._get("name")

    def setName(self, value: str) -> None:
        """Only jobs whose name contains this, in upper or lower case."""
        self._set("name", value)

    def getOwner(self) -> str:
        """Only jobs of this owner."""
        return self._get("owner")

    def setOwner(self, value: str) -> None:
        """Only jobs of this owner."""
        self._set("owner", value)

    def getProject(self) -> str:
        """Only jobs of this project."""
        return self._get("project")

    def setProject(self, value: str) -> None:
        """Only jobs of this project."""
        self._set("project", value)

    def getTemplateId(self) -> float:
        """Only jobs of this template."""
        return self._get("templateId")

    def setTemplateId(self, value: float) -> None:
        """Only jobs of this template."""
        self._set("templateId", value)


class MBackupQueryBoundaries(Entity):
    """What the archive holds."""

    _fields = {
        "jobsCount": (PLAIN, 0),
        "firstAt": (TIME, None),
        "lastAt": (TIME, None),
    }

    def getJobsCount(self) -> int:
        """Entries in the archive."""
        return self._get("jobsCount")

    def setJobsCount(self, value: int) -> None:
        """Entries in the archive."""
        self._set("jobsCount", value)

    def getFirstAt(self) -> float:
        """When the oldest of them was backed up."""
        return self._get("firstAt")

    def setFirstAt(self, value: float) -> None:
        """When the oldest of them was backed up."""
        self._set("firstAt", value)

    def getLastAt(self) -> float:
        """When the newest of them was backed up."""
        return self._get("lastAt")

    def setLastAt(self, value: float) -> None:
        """When the newest of them was backed up."""
        self._set("lastAt", value)


class MDispatcherConfiguration(Entity):
    """The settings of the farm."""

    _fields = {
        "engineRunning": (FLAG, False),
        "busyLeaseSeconds": (PLAIN, 0),
        "busyHeartbeatSeconds": (PLAIN, 0),
        "idleLeaseSeconds": (PLAIN, 0),
        "idleHeartbeatSeconds": (PLAIN, 0),
        "acceptSeconds": (PLAIN, 0),
        "chunkTimeoutSeconds": (PLAIN, 0),
        "maximumChunksRequeue": (PLAIN, 0),
        "failuresExcludeJob": (PLAIN, 0),
        "jobsExcludeTemplate": (PLAIN, 0),
        "historyDays": (PLAIN, 0),
        "logDays": (PLAIN, 0),
        "exportsJobVariables": (FLAG, False),
        "hookSeconds": (PLAIN, 0),
        "failedHooksPass": (FLAG, False),
        "version": (PLAIN, 0),
    }

    def getEngineRunning(self) -> bool:
        """Whether chunks are handed out."""
        return self._get("engineRunning")

    def setEngineRunning(self, value: bool) -> None:
        """Whether chunks are handed out."""
        self._set("engineRunning", value)

    def getBusyLeaseSeconds(self) -> int:
        """Lease of a node that works."""
        return self._get("busyLeaseSeconds")

    def setBusyLeaseSeconds(self, value: int) -> None:
        """Lease of a node that works."""
        self._set("busyLeaseSeconds", value)

    def getBusyHeartbeatSeconds(self) -> int:
        """Heartbeat of a node that works."""
        return self._get("busyHeartbeatSeconds")

    def setBusyHeartbeatSeconds(self, value: int) -> None:
        """Heartbeat of a node that works."""
        self._set("busyHeartbeatSeconds", value)

    def getIdleLeaseSeconds(self) -> int:
        """Lease of an idle node."""
        return self._get("idleLeaseSeconds")

    def setIdleLeaseSeconds(self, value: int) -> None:
        """Lease of an idle node."""
        self._set("idleLeaseSeconds", value)

    def getIdleHeartbeatSeconds(self) -> int:
        """Heartbeat of an idle node."""
        return self._get("idleHeartbeatSeconds")

    def setIdleHeartbeatSeconds(self, value: int) -> None:
        """Heartbeat of an idle node."""
        self._set("idleHeartbeatSeconds", value)

    def getAcceptSeconds(self) -> int:
        """Time for a node to accept a pushed chunk."""
        return self._get("acceptSeconds")

    def setAcceptSeconds(self, value: int) -> None:
        """Time for a node to accept a pushed chunk."""
        self._set("acceptSeconds", value)

    def getChunkTimeoutSeconds(self) -> int:
        """Limit of a chunk; 0 is none."""
        return self._get("chunkTimeoutSeconds")

    def setChunkTimeoutSeconds(self, value: int) -> None:
        """Limit of a chunk; 0 is none."""
        self._set("chunkTimeoutSeconds", value)

    def getMaximumChunksRequeue(self) -> int:
        """How often a failed or lost chunk is tried again."""
        return self._get("maximumChunksRequeue")

    def setMaximumChunksRequeue(self, value: int) -> None:
        """How often a failed or lost chunk is tried again."""
        self._set("maximumChunksRequeue", value)

    def getFailuresExcludeJob(self) -> int:
        """Failures of one job's chunks in a row that exclude a node from the job; 0 never does."""
        return self._get("failuresExcludeJob")

    def setFailuresExcludeJob(self, value: int) -> None:
        """Failures of one job's chunks in a row that exclude a node from the job; 0 never does."""
        self._set("failuresExcludeJob", value)

    def getJobsExcludeTemplate(self) -> int:
        """Different jobs of a template that fail in a row and exclude a node from the template; 0 never does."""
        return self._get("jobsExcludeTemplate")

    def setJobsExcludeTemplate(self, value: int) -> None:
        """Different jobs of a template that fail in a row and exclude a node from the template; 0 never does."""
        self._set("jobsExcludeTemplate", value)

    def getHistoryDays(self) -> int:
        """Days that attempts are kept."""
        return self._get("historyDays")

    def setHistoryDays(self, value: int) -> None:
        """Days that attempts are kept."""
        self._set("historyDays", value)

    def getLogDays(self) -> int:
        """Days that lines of the activity and action logs are kept."""
        return self._get("logDays")

    def setLogDays(self, value: int) -> None:
        """Days that lines of the activity and action logs are kept."""
        self._set("logDays", value)

    def getExportsJobVariables(self) -> bool:
        """
        Whether every render process is given the variables MUSTER_… of its job; those of templates in Python
        always are.
        """
        return self._get("exportsJobVariables")

    def setExportsJobVariables(self, value: bool) -> None:
        """
        Whether every render process is given the variables MUSTER_… of its job; those of templates in Python
        always are.
        """
        self._set("exportsJobVariables", value)

    def getHookSeconds(self) -> int:
        """Time for a hook that somebody waits for."""
        return self._get("hookSeconds")

    def setHookSeconds(self, value: int) -> None:
        """Time for a hook that somebody waits for."""
        self._set("hookSeconds", value)

    def getFailedHooksPass(self) -> bool:
        """Whether a job is submitted although a hook that should have been asked gave no answer."""
        return self._get("failedHooksPass")

    def setFailedHooksPass(self, value: bool) -> None:
        """Whether a job is submitted although a hook that should have been asked gave no answer."""
        self._set("failedHooksPass", value)

    def getVersion(self) -> int:
        """Of the settings that you have read; others were not seen by you."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Of the settings that you have read; others were not seen by you."""
        self._set("version", value)


class MLDAPConfiguration(Entity):
    """The settings of the directory of users."""

    _fields = {
        "enabled": (FLAG, False),
        "urls": (PLAIN, []),
        "startTls": (FLAG, False),
        "caCertificate": (PLAIN, None),
        "bindDn": (PLAIN, ""),
        "baseDn": (PLAIN, ""),
        "userFilter": (PLAIN, ""),
        "nameAttribute": (PLAIN, ""),
        "groupBaseDn": (PLAIN, ""),
        "groupFilter": (PLAIN, ""),
        "groups": (PLAIN, []),
        "order": (PLAIN, None),
        "timeoutSeconds": (PLAIN, 0),
        "hasBindPassword": (FLAG, False),
        "version": (PLAIN, 0),
        "bindPassword": (PLAIN, None),
    }

    def getEnabled(self) -> bool:
        """Whether users of the directory may log in."""
        return self._get("enabled")

    def setEnabled(self, value: bool) -> None:
        """Whether users of the directory may log in."""
        self._set("enabled", value)

    def getUrls(self) -> List[str]:
        """
        Servers, asked in this order until one answers: `ldaps://HOST:PORT`, or `ldap://HOST:PORT` with
        StartTLS. Without TLS only loopback addresses.
        """
        return self._get("urls")

    def setUrls(self, value: List[str]) -> None:
        """
        Servers, asked in this order until one answers: `ldaps://HOST:PORT`, or `ldap://HOST:PORT` with
        StartTLS. Without TLS only loopback addresses.
        """
        self._set("urls", value)

    def getStartTls(self) -> bool:
        """Whether a connection by `ldap://` is encrypted before anything is said."""
        return self._get("startTls")

    def setStartTls(self, value: bool) -> None:
        """Whether a connection by `ldap://` is encrypted before anything is said."""
        self._set("startTls", value)

    def getCaCertificate(self) -> Optional[str]:
        """Certificates in PEM that servers are trusted by; null for those that are publicly trusted."""
        return self._get("caCertificate")

    def setCaCertificate(self, value: Optional[str]) -> None:
        """Certificates in PEM that servers are trusted by; null for those that are publicly trusted."""
        self._set("caCertificate", value)

    def getBindDn(self) -> str:
        """Who searches; empty searches anonymously."""
        return self._get("bindDn")

    def setBindDn(self, value: str) -> None:
        """Who searches; empty searches anonymously."""
        self._set("bindDn", value)

    def getBaseDn(self) -> str:
        """Where users are."""
        return self._get("baseDn")

    def setBaseDn(self, value: str) -> None:
        """Where users are."""
        self._set("baseDn", value)

    def getUserFilter(self) -> str:
        """Finds a user: `{name}` stands for the name that was given, and for `*` where users are listed."""
        return self._get("userFilter")

    def setUserFilter(self, value: str) -> None:
        """Finds a user: `{name}` stands for the name that was given, and for `*` where users are listed."""
        self._set("userFilter", value)

    def getNameAttribute(self) -> str:
        """Attribute with the name that a user has here: `uid`, in Active Directory `sAMAccountName`."""
        return self._get("nameAttribute")

    def setNameAttribute(self, value: str) -> None:
        """Attribute with the name that a user has here: `uid`, in Active Directory `sAMAccountName`."""
        self._set("nameAttribute", value)

    def getGroupBaseDn(self) -> str:
        """Where groups are; empty for the same place as users."""
        return self._get("groupBaseDn")

    def setGroupBaseDn(self, value: str) -> None:
        """Where groups are; empty for the same place as users."""
        self._set("groupBaseDn", value)

    def getGroupFilter(self) -> str:
        """
        Finds the groups of a user: `{dn}` stands for the distinguished name of the user, `{name}` for their
        name.
        """
        return self._get("groupFilter")

    def setGroupFilter(self, value: str) -> None:
        """
        Finds the groups of a user: `{dn}` stands for the distinguished name of the user, `{name}` for their
        name.
        """
        self._set("groupFilter", value)

    def getGroups(self) -> List[Dict[str, Any]]:
        """Groups that users of the directory are in, set anew at each login."""
        return self._get("groups")

    def setGroups(self, value: List[Dict[str, Any]]) -> None:
        """Groups that users of the directory are in, set anew at each login."""
        self._set("groups", value)

    def getOrder(self) -> str:
        """
        Who is asked first for a name and password: the users of the farm or the directory. The other one is
        asked if that does not know them.
        """
        return self._get("order")

    def setOrder(self, value: str) -> None:
        """
        Who is asked first for a name and password: the users of the farm or the directory. The other one is
        asked if that does not know them.
        """
        self._set("order", value)

    def getTimeoutSeconds(self) -> int:
        """How long the directory has to answer all that is asked for a login, 1-8."""
        return self._get("timeoutSeconds")

    def setTimeoutSeconds(self, value: int) -> None:
        """How long the directory has to answer all that is asked for a login, 1-8."""
        self._set("timeoutSeconds", value)

    def getHasBindPassword(self) -> bool:
        """Whether a password of `bindDn` is kept. It is never shown."""
        return self._get("hasBindPassword")

    def setHasBindPassword(self, value: bool) -> None:
        """Whether a password of `bindDn` is kept. It is never shown."""
        self._set("hasBindPassword", value)

    def getVersion(self) -> int:
        """Grows with each change; 0 before the first."""
        return self._get("version")

    def setVersion(self, value: int) -> None:
        """Grows with each change; 0 before the first."""
        self._set("version", value)

    def getBindPassword(self) -> Optional[str]:
        """Password of `bindDn`; null for none. It is kept apart from all other data and never shown."""
        return self._get("bindPassword")

    def setBindPassword(self, value: Optional[str]) -> None:
        """Password of `bindDn`; null for none. It is kept apart from all other data and never shown."""
        self._set("bindPassword", value)
