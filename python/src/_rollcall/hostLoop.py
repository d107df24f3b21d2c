"""
The loop of a long-lived host of templates. A request is a line of JSON on standard input, the answer a line on standard
output: `id`, and `value` or `error`. Whatever functions and the programs that they start read from standard input is
empty, and what they write to either output goes to standard error; a mark with the `id` of the request ends it there.
"""

import io
import json
import os
import sys
from typing import Any, BinaryIO, Callable, Dict, Mapping, Tuple

from .renderHooks import HookError

# ASCII's record separator: before the id of a request whose output is over.
_MARK = "\x1e"


def serve(megabytes: int, call: Callable[[Mapping[str, Any]], Any]) -> int:
    """Answers requests by `call` until there are no more. `megabytes` is the most memory that the process may have."""
    requests, answers = _takeStreams()
    _limitMemory(megabytes)
    for line in requests:
        request = json.loads(line.decode("utf-8"))
        answer = _answer(request, call)
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What was printed is told too when the process ends in the middle.
            stream.reconfigure(line_buffering=True)
    return requests, answers


def _limitMemory(megabytes: int) -> None:
    """A function that takes more gets a MemoryError; only Linux keeps this limit."""
    if sys.platform.startswith("linux"):
        import resource

        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _answer(request: Dict[str, Any], call: Callable[[Mapping[str, Any]], Any]) -> bytes:
    try:
        answer = {"id": request["id"], "value": call(request)}
    except HookError as error:
        answer = {"id": request["id"], "error": str(error), "isMemory": isinstance(error.__cause__, MemoryError)}
    # ASCII: halves of characters, which Python's texts may have, do not break the line.
    return (json.dumps(answer) + "\n").encode("ascii")
