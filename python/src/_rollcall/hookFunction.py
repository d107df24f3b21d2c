"""
The host of hooks in Python in AWS, as a function of Lambda: each call is a process of its own (`dispatcherHost.py`), which
sees nothing of this one's environment and ends at its deadline with all that it has started.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from typing import Any, BinaryIO, Dict, Optional

# Of the function's 512.
_MEGABYTES = 320
_LONGEST_OUTPUT = 65_536
_LONGEST_ANSWER = 1_048_576
_MARK = b"\x1e1\n"
_MODULES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def handler(event: Dict[str, Any], _context: object) -> Dict[str, Any]:
    """Runs the hook or the script of an event; what comes of it is `HookOutcome` or `ScriptOutcome` of the dispatcher."""
    request = {name: event[name] for name in ("work", "file", "source")}
    request.update(id=1, call=event.get("call"), api={"url": os.environ["ROLLCALL_API_URL"], "token": event["token"]})
    child = subprocess.Popen(
        [sys.executable, "-m", "_rollcall.dispatcherHost", str(_MEGABYTES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    )
    answers, prints = _Tail(child.stdout, _LONGEST_ANSWER), _Tail(child.stderr, _LONGEST_OUTPUT)
    isLate = False
    try:
        _tell(child, request)
        child.wait(event["deadlineMs"] / 1000)
    except subprocess.TimeoutExpired:
        isLate = True
    finally:
        _killGroup(child)
    child.wait()
    outcome = _outcome(answers.end(), event["work"], isLate, event["deadlineMs"], child.returncode)
    return dict(outcome, output=prints.end().partition(_MARK)[0].decode("utf-8", "replace"))


def _environment() -> Dict[str, str]:
    environment = {"PYTHONPATH": _MODULES, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    # Lambda finds libraries of Python by it.
    libraries = os.environ.get("LD_LIBRARY_PATH")
    return environment if libraries is None else dict(environment, LD_LIBRARY_PATH=libraries)


class _Tail:
    """Reads a stream to its end, of which so many bytes are kept."""

    def __init__(self, stream: Optional[BinaryIO], most: int) -> None:
        self._kept = b""
        self._thread = threading.Thread(target=self._read, args=(stream, most), daemon=True)
        self._thread.start()

    def _read(self, stream: BinaryIO, most: int) -> None:
        for part in iter(lambda: stream.read1(65_536), b""):  # type: ignore[attr-defined]
            self._kept = (self._kept + part)[-most:]

    def end(self) -> bytes:
        self._thread.join(1)
        return self._kept


def _tell(child: "subprocess.Popen[bytes]", request: Dict[str, Any]) -> None:
    """The end of its input is the end of its work."""
    try:
        if child.stdin is not None:
            with child.stdin:
                child.stdin.write((json.dumps(request) + "\n").encode("ascii"))
    except BrokenPipeError:
        # It has ended; its end says why.
        pass


def _killGroup(child: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        # Everything of it has ended.
        pass


def _outcome(line: bytes, work: str, isLate: bool, deadlineMs: int, code: int) -> Dict[str, Any]:
    try:
        answer = json.loads(line.decode("utf-8"))
        isAnswer = answer["id"] == 1
    except (ValueError, KeyError, TypeError):
        isAnswer = False
    if isAnswer and "error" in answer:
        return _failed("out-of-memory" if answer.get("isMemory") else "threw", answer["error"])
    if isAnswer:
        return {"kind": "ended"} if work == "script" else {"kind": "answered", "answer": answer["value"]}
    if isLate:
        return _failed("timed-out", "it did not end within %g s and was killed" % (deadlineMs / 1000))
    if line != b"":
        return _failed("crashed", "it wrote where only answers are written")
    return _failed("crashed", "it ended its process (exit code %d)" % code)


def _failed(reason: str, message: str) -> Dict[str, Any]:
    return {"kind": "failed", "reason": reason, "message": message}
