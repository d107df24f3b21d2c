"""Loads the file of a template."""

import sys
import traceback
import types
from typing import List, Union

from .template import MTemplate
from .templateManager import MManager


class TemplateFileError(Exception):
    """A file that is no template; says where and why."""


def load(path: str, name: str) -> MTemplate:
    """
    The template that a file installs. Its functions are not called, but its constructor is, and all that stands outside
    of functions. `name` is what the file is called where a mistake in it is told.
    """
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as cause:
        raise TemplateFileError("%s cannot be read: %s" % (name, cause.strerror)) from cause
    return loadText(source, path, name)


def loadText(source: Union[bytes, str], path: str, name: str) -> MTemplate:
    """The same of a file whose text is at hand."""
    manager = MManager.getUniqueClass()
    manager._installed = []
    # A module of its own, so that two templates may have the same names inside.
    module = types.ModuleType("template")
    module.__file__ = path
    try:
        exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)
    except SystemExit as cause:
        raise TemplateFileError("%s ends the process (sys.exit) when it is loaded" % name) from cause
    except Exception as cause:
        raise TemplateFileError("%s cannot be loaded: %s" % (name, explain(cause, name))) from cause
    return _theOne(manager._installed, name)


def _theOne(installed: List[MTemplate], name: str) -> MTemplate:
    if len(installed) == 1:
        return installed[0]
    if not installed:
        raise TemplateFileError(
            "%s installs no template: end it with MTemplateAPI.MManager.getUniqueClass().installPyTemplate(…)" % name
        )
    raise TemplateFileError("%s installs %d templates: give each its own file" % (name, len(installed)))


def explain(cause: BaseException, name: str) -> str:
    """A mistake in one line, with the line of the file where it is."""
    text = traceback.format_exception_only(type(cause), cause)[-1].strip()
    lines = [frame.lineno for frame in traceback.extract_tb(sys.exc_info()[2]) if frame.filename == name]
    line = cause.lineno if isinstance(cause, SyntaxError) else lines[-1] if lines else None
    return text if line is None else "line %d: %s" % (line, text)
