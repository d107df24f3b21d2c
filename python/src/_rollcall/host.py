"""
The long-lived host of a node's templates: `python3 -m _rollcall.host MEGABYTES`, the most memory that it may have.

A request is a line of JSON on standard input: `id`, the function as `hook`, `file` and `name` of the template, `job`,
`chunk`, `platform`, `preferences`, `instance`, and what the function takes besides. The answer is a line on standard
output: `id`, and `value` or `error`. Whatever functions and the programs that they start read from standard input is
empty, and what they write to either output goes to standard error; a mark with the `id` of the request ends it there.
"""

import json
import os
import sys
from typing import Any, BinaryIO, Dict, Tuple

from . import context
from .renderHooks import HookError, call

# ASCII's record separator: before the id of a request whose output is over.
_MARK = "\x1e"


def main() -> int:
    requests, answers = _takeStreams()
    _limitMemory(int(sys.argv[1]))
    context.runsIn = "renderclient"
    for line in requests:
        request = json.loads(line.decode("utf-8"))
        answer = _answer(request)
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(2, ("%s%d\n" % (_MARK, request["id"])).encode("ascii"))
        answers.write(answer)
        answers.flush()
    return 0


def _takeStreams() -> Tuple[BinaryIO, BinaryIO]:
    """Keeps both streams of the protocol to itself, under numbers that no started program inherits."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _limitMemory(megabytes: int) -> None:
    """A function that takes more gets a MemoryError; only Linux keeps this limit."""
    if sys.platform.startswith("linux"):
        import resource

        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _answer(request: Dict[str, Any]) -> bytes:
    try:
        answer = {"id": request["id"], "value": call(request)}
    except HookError as error:
        answer = {"id": request["id"], "error": str(error)}
    # ASCII: halves of characters, which Python's texts may have, do not break the line.
    return (json.dumps(answer) + "\n").encode("ascii")


if __name__ == "__main__":
    sys.exit(main())
