"""Where a script runs, and what `muster.expressionPrint` writes to; set by whoever runs it."""

import os
from typing import List, Optional

# "renderclient" in the host of a node's templates.
runsIn: Optional[str] = None
# What an inline expression has printed so far; None outside of one.
printed: Optional[List[str]] = None
# Of the call of a hook that runs; None outside of one.
hookKey: Optional[str] = None


def runningContext() -> str:
    """The context that was set, else `dispatcher` where ROLLCALL_URL names one."""
    if runsIn is not None:
        return runsIn
    return "dispatcher" if os.environ.get("ROLLCALL_URL") else ""
