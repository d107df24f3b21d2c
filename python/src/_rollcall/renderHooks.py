"""Calls the functions of a template that run on a render node, with the objects that they expect."""

import inspect
import sys
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from . import commandLine, instance
from .entity import MStringRef
from .expressions import ExpressionError, expand
from .objects import MChunk, MJob
from .template import MEnvironment, MTemplate
from .templateError import MTemplateError
from .templateFile import TemplateFileError, explain, load
from .templateManager import MManager


class HookError(Exception):
    """A function that did not do what it is for; says why."""


# What a node asks of a template: fields of a line of the protocol, see `host.py`.
Request = Mapping[str, Any]

_loaded: Dict[Tuple[str, str], MTemplate] = {}


def call(request: Request) -> Any:
    """Calls the function that a request names and gives back what is told of its result."""
    name = request["name"]
    try:
        if request["hook"] == "expand":
            return _expand(request)
        template = _find(request["file"], name)
        instance.number, instance.isRendering = request["instance"], request["chunk"] is not None
        return _CALLS[request["hook"]](template, request)
    except (HookError, TemplateFileError, ExpressionError) as error:
        raise HookError(str(error)) from error
    except SystemExit as cause:
        raise HookError("it ends the process (sys.exit)") from cause
    except Exception as cause:
        raise HookError(explain(cause, name)) from cause


def _find(file: str, name: str) -> MTemplate:
    """The file of a template never changes: another version of it is another file, and becomes the one of its id."""
    if (file, name) not in _loaded:
        _loaded[file, name] = load(file, name)
    template = _loaded[file, name]
    MManager.getUniqueClass()._templates[template.getID()] = template
    return template


def _buildEnvironment(template: MTemplate, request: Request) -> Dict[str, str]:
    job, chunk = _jobOf(template, request), _chunkOf(request)
    own = {
        name: expand(value, job, chunk) if "<%" in value else value
        for name, value in request["job"]["environment"].items()
    }
    existing = MEnvironment({**request["environment"], **own})
    result = template.onBuildEnvironment(job, chunk, _preferencesOf(template, request), existing)
    environment = existing if result is None else result
    if isinstance(environment, dict):
        environment = MEnvironment({str(name): str(value) for name, value in environment.items()})
    if not isinstance(environment, MEnvironment):
        raise HookError("it must return the environment; it returned %r" % (result,))
    return {name: environment[name] for name in environment}


def _expand(request: Request) -> List[str]:
    """Texts with inline Python, of a job whatever its template is. Outside of a chunk `chunk` is None."""
    job = MJob()
    job._load({**request["job"], "status": "in-progress"})
    chunk = None if request["chunk"] is None else _chunkOf(request)
    return [expand(text, job, chunk) if "<%" in text else text for text in request["texts"]]


def _getPath(template: MTemplate, request: Request) -> str:
    out = MStringRef()
    ask: Callable[..., Any] = getattr(template, request["hook"])
    _refuseError(ask(_jobOf(template, request), _preferencesOf(template, request), out))
    return str(out.getString())


def _buildCommandLine(template: MTemplate, request: Request) -> List[str]:
    text = template.onBuildCommandLine(
        sys.platform if sys.platform in ("darwin", "win32") else "linux",
        _jobOf(template, request),
        _chunkOf(request),
        _preferencesOf(template, request),
        request["instance"],
    )
    if not isinstance(text, str):
        raise HookError("it must return a text; it returned %r" % (text,))
    try:
        return commandLine.split(text, sys.platform)
    except ValueError as cause:
        raise HookError("its command line %s cannot be split: %s" % (text, cause)) from cause


def _checkLog(template: MTemplate, request: Request) -> Optional[Dict[str, Any]]:
    if not _checksErrors(template, request):
        return None
    job, chunk = _jobOf(template, request), _chunkOf(request)
    return _verdict(template.onCheckLog(job, chunk, _preferencesOf(template, request), request["log"]))


def _checkExitCode(template: MTemplate, request: Request) -> Optional[Dict[str, Any]]:
    if not _checksErrors(template, request):
        return None
    job, chunk = _jobOf(template, request), _chunkOf(request)
    return _verdict(template.onCheckExitCode(job, chunk, _preferencesOf(template, request), request["exitCode"]))


def _clientIdling(template: MTemplate, request: Request) -> None:
    """No public text has its arguments: it is given as many as it takes of these two."""
    ask: Callable[..., Any] = getattr(template, request["hook"])
    given = (_preferencesOf(template, request), request["instance"])
    _refuseError(ask(*given[: len(inspect.signature(ask).parameters)]))


_CALLS: Dict[str, Callable[[MTemplate, Request], Any]] = {
    "onBuildEnvironment": _buildEnvironment,
    "onGetApplicationPath": _getPath,
    "onGetApplicationStartingFolder": _getPath,
    "onBuildCommandLine": _buildCommandLine,
    "onCheckLog": _checkLog,
    "onCheckExitCode": _checkExitCode,
    "onClientIdling": _clientIdling,
}


def _jobOf(template: MTemplate, request: Request) -> MJob:
    """The job, new for each call. A field that it says nothing of has the field's default, as Muster's dialog fills it."""
    given = request["job"]["attributes"]
    attributes = {name: one for name, one in given.items() if one.get("state", True) and one["value"] != ""}
    for item in template._items:
        if item.getDefault() not in ("", None):
            attributes.setdefault(template._attributeOf(item.getName()), {"value": item.getDefault()})
    job = MJob()
    job._load({**request["job"], "attributes": attributes, "status": "in-progress"})
    return job


def _chunkOf(request: Request) -> MChunk:
    chunk = MChunk()
    chunk._load({**request["chunk"], "status": "running"})
    return chunk


def _checksErrors(template: MTemplate, request: Request) -> bool:
    platform = template._platform(request["platform"])
    return platform is None or platform._checksErrors


def _preferencesOf(template: MTemplate, request: Request) -> Dict[str, Any]:
    """The defaults of the template for this platform, and what the machine says instead."""
    platform = template._platform(request["platform"])
    if platform is None:
        raise HookError("the template is not enabled for %s" % request["platform"])
    defaults = {item.getName(): item.getDefault() for item in platform._items}
    return {**defaults, **request["preferences"]}


def _refuseError(result: Any) -> None:
    """Ends a call that its function says went wrong; nothing returned is success too."""
    if isinstance(result, MTemplateError) and result.getErrorCode() != 0:
        raise HookError(result.getDescription() or "error %d" % result.getErrorCode())


def _verdict(result: Any) -> Optional[Dict[str, Any]]:
    """What is wrong with a render; None if nothing is."""
    if result is None:
        return None
    if not isinstance(result, MTemplateError):
        raise HookError("it must return an MTemplateError; it returned %r" % (result,))
    if result.getErrorCode() == 0:
        return None
    return {
        "isWarning": result.getErrorType() == MTemplateError.kTemplateErrorTypeWarning,
        "text": result.getDescription() or "error %d" % result.getErrorCode(),
        "aborts": MTemplateError.kTemplateErrorAbortRender in result.getErrorActions(),
    }
