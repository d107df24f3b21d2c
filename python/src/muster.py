"""The module `muster` of Muster: where a script runs."""

import os


def runningContext() -> str:
    """
    Tells which family of functions a script may call: `dispatcher` where ROLLCALL_URL names one, otherwise nothing.
    """
    return "dispatcher" if os.environ.get("ROLLCALL_URL") else ""
