"""
The host of hooks and scripts that run in the dispatcher: `python3 -m _rollcall.dispatcherHost MEGABYTES`, the most memory
that it may have. `dispatcherHooks.py` has the requests, `hostLoop.py` the rest.
"""

import sys

from . import context
from .dispatcherHooks import call
from .hostLoop import serve

if __name__ == "__main__":
    context.runsIn = "dispatcher"
    sys.exit(serve(int(sys.argv[1]), call))
