"""What Muster tells a process of its job: the variables MUSTER_…."""

from typing import Any, Callable, Dict

from .objects import MJob


def _time(seconds: Any) -> str:
    return str(int(seconds or 0))


_VARIABLES: Dict[str, Callable[[MJob], Any]] = {
    "MUSTER_JOB_ID": MJob.getJobId,
    # Its name in Muster 9, and in 8.
    "MUSTER_JOB_NAME": MJob.getName,
    "MUSTER_NAME": MJob.getName,
    "MUSTER_SUBMITTER": MJob.getOwner,
    "MUSTER_SUBMISSION_TIME": lambda job: _time(job.getSubmittedAt()),
    "MUSTER_ENGINE": MJob.getTemplateId,
    "MUSTER_PRIORITY": MJob.getPriority,
    "MUSTER_PARENT_ID": MJob.getParentId,
    "MUSTER_JOB_TYPE": MJob.getJobType,
    "MUSTER_JOB_GROUP": MJob.getProject,
    "MUSTER_JOB_DEPARTMENT": MJob.getDepartment,
    "MUSTER_PACKET_TYPE": MJob.getPacketType,
    "MUSTER_PACKET_SIZE": MJob.getPacketSize,
    "MUSTER_MAX_INSTANCES": MJob.getMaximumInstances,
    "MUSTER_POOL": MJob.getIncludedPools,
    "MUSTER_EXCLUDED_POOL": MJob.getExcludedPools,
    "MUSTER_DEPEND_ID": MJob.getDepends,
    "MUSTER_DEPEND_MODE": MJob.getDependMode,
    "MUSTER_EXITCODES_ERROR_CHECK_TYPE": MJob.getExitCodesErrorCheckType,
    "MUSTER_LOGS_ERROR_CHECK_TYPE": MJob.getLogsErrorCheckType,
    # A process of it runs.
    "MUSTER_STATUS": lambda _job: MJob.kJobStatusInProgress,
}


def variablesOf(job: MJob) -> Dict[str, str]:
    """The variables of a job, as text."""
    return {name: str(value(job)) for name, value in _VARIABLES.items()}
