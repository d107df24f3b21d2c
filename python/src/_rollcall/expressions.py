"""Inline Python in a text: `<%= expression %>` is its value, `<% statements %>` what they print."""

import traceback
from typing import Any, Dict, List, Optional, Tuple

import muster

from . import context
from .objects import MChunk, MJob

# A backslash before one of these makes it an ordinary character; before any other it is one itself.
_ESCAPED = ";=%><:/\\"


class ExpressionError(Exception):
    """An inline expression that cannot be carried out; says which, and why."""


def expand(text: str, job: MJob, chunk: Optional[MChunk]) -> str:
    """The text with its inline expressions carried out. They share their variables, `job` and `chunk` among them."""
    variables: Dict[str, Any] = {"job": job, "chunk": chunk, "muster": muster}
    return "".join(_run(code, text, variables) if isCode else text for isCode, text, code in _parts(text))


def _parts(text: str) -> List[Tuple[bool, str, str]]:
    """Ordinary texts, and expressions with their code."""
    parts: List[Tuple[bool, str, str]] = []
    position, plain = 0, ""
    while position < len(text):
        if text.startswith("<%", position):
            code, end = _codeAt(text, position + 2)
            parts.append((False, plain, ""))
            parts.append((True, text[position:end], code))
            position, plain = end, ""
        else:
            character, position = _characterAt(text, position)
            plain += character
    parts.append((False, plain, ""))
    return parts


def _codeAt(text: str, position: int) -> Tuple[str, int]:
    begin, code = position - 2, ""
    while position < len(text):
        if text.startswith("%>", position):
            return code, position + 2
        character, position = _characterAt(text, position)
        code += character
    raise ExpressionError("%s has no %%> that ends it" % text[begin:])


def _characterAt(text: str, position: int) -> Tuple[str, int]:
    if text[position] == "\\" and text[position + 1 : position + 2] and text[position + 1] in _ESCAPED:
        return text[position + 1], position + 2
    return text[position], position + 1


def _run(code: str, whole: str, variables: Dict[str, Any]) -> str:
    before, context.printed = context.printed, []
    try:
        if code.startswith("="):
            return str(eval(code[1:].strip(), variables))
        exec(code.strip(), variables)
        return "".join(context.printed)
    except Exception as cause:
        reason = traceback.format_exception_only(type(cause), cause)[-1].strip()
        raise ExpressionError("%s failed: %s" % (whole, reason)) from cause
    finally:
        context.printed = before
