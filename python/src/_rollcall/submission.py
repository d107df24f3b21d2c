"""Submitting a job object: a job, or a folder if it says that it is one."""

from typing import Any, Optional

from .connection import Connection
from .objects import MJob
from .operation import Operation, run


def submitJob(
    submit: Operation, addFolder: Operation, job: Any, owner: Optional[str], connection: Optional[Connection] = None
) -> Any:
    """Submits, and gives the object its id. Of a folder only name and parent are taken."""
    if not isinstance(job, MJob) or job.getJobType() != MJob.kJobTypeFolder:
        return run(submit, job, owner, connection=connection)
    error, id = run(addFolder, job.getParentId(), owner, job.getName(), connection=connection)
    if id is not None:
        job._settle({"id": id})
    return error
