"""Calls the functions of a template that run in the dispatcher, and runs scripts there."""

import inspect
import os
import types
from typing import Any, Dict, List, Mapping

from . import context
from .errors import MUSTERERR
from .objects import MChunk, MJob
from .renderHooks import HookError
from .template import DISPATCHER_HOOKS, MTemplate
from .templateError import MTemplateError
from .templateFile import TemplateFileError, explain, loadText

# `work` is hook or script; with `file`, its text as `source`, `api` to call the dispatcher with, and `call` of a hook.
Request = Mapping[str, Any]

_OVERRIDES_USER = "onDispatcherOverrideImpersonationUser"
# Longer messages help nobody.
_LONGEST_MESSAGE = 2000

# By name and text: a process may be kept for one file.
_loaded: Dict[str, MTemplate] = {}


def call(request: Request) -> Any:
    """Does what a request asks for and gives back what is told of its result."""
    file = request["file"]
    os.environ["ROLLCALL_URL"] = request["api"]["url"]
    os.environ["ROLLCALL_TOKEN"] = request["api"]["token"]
    try:
        return _runScript(request) if request["work"] == "script" else _callHook(request)
    except (HookError, TemplateFileError) as error:
        raise HookError(str(error)[:_LONGEST_MESSAGE]) from error.__cause__
    except SystemExit as cause:
        raise HookError("it ends the process (sys.exit)") from cause
    except Exception as cause:
        raise HookError(explain(cause, file)[:_LONGEST_MESSAGE]) from cause


def _callHook(request: Request) -> Dict[str, Any]:
    template = _find(request)
    hook, given = request["call"]["hook"], request["call"]
    if hook not in DISPATCHER_HOOKS or not template._overrides(hook):
        raise HookError("it has no %s" % hook)
    arguments = _arguments(given)
    ask = getattr(template, hook)
    context.hookKey = given["key"]
    # No public text has the arguments of all of them: each is given as many as it takes.
    return _answer(hook, ask(*arguments[: _most(ask, len(arguments))]))


def _find(request: Request) -> MTemplate:
    source = request["source"]
    if source not in _loaded:
        _loaded[source] = loadText(source, request["file"], request["file"])
    return _loaded[source]


def _most(ask: Any, count: int) -> int:
    parameters = inspect.signature(ask).parameters.values()
    if any(one.kind == inspect.Parameter.VAR_POSITIONAL for one in parameters):
        return count
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(1 for one in parameters if one.kind in positional)


def _arguments(given: Mapping[str, Any]) -> List[Any]:
    """The job, then the chunk or the user, where there is one."""
    arguments: List[Any] = []
    if given["job"] is not None:
        job = MJob()
        job._load(given["job"])
        arguments.append(job)
    if given["chunk"] is not None:
        chunk = MChunk()
        chunk._load(given["chunk"])
        arguments.append(chunk)
    if given["user"] is not None:
        arguments.append(given["user"])
    return arguments


def _answer(hook: str, result: Any) -> Dict[str, Any]:
    """Nothing returned is a good answer; what nobody could have meant is none."""
    if result is None or result is True:
        return {"kind": "ok"}
    if hook == _OVERRIDES_USER and isinstance(result, str):
        return {"kind": "ok", "user": result} if result else {"kind": "ok"}
    if result is False:
        return {"kind": "error", "message": "%s returned False" % hook}
    if not isinstance(result, (MTemplateError, MUSTERERR)):
        raise HookError("it must return nothing or an MTemplateError; it returned %r" % (result,))
    if result.getErrorCode() == 0:
        return {"kind": "ok"}
    message = result.getDescription() or "error %d" % result.getErrorCode()
    return {"kind": "error", "message": message[:_LONGEST_MESSAGE]}


def _runScript(request: Request) -> None:
    module = types.ModuleType("__main__")
    file = request["file"]
    module.__file__ = file
    try:
        exec(compile(request["source"], file, "exec", dont_inherit=True), module.__dict__)
    except SystemExit as cause:
        if cause.code not in (None, 0):
            raise HookError("it ended with %s" % (cause.code,)) from cause
