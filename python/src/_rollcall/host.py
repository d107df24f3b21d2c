"""
The long-lived host of a node's templates: `python3 -m _rollcall.host MEGABYTES`, the most memory that it may have.

A request has the function as `hook`, `file` and `name` of the template, `job`, `chunk`, `platform`, `preferences`,
`instance`, and what the function takes besides; `hostLoop.py` has the rest.
"""

import sys

from . import context
from .hostLoop import serve
from .renderHooks import call

if __name__ == "__main__":
    context.runsIn = "renderclient"
    sys.exit(serve(int(sys.argv[1]), call))
