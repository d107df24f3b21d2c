"""The module `muster` of Muster: where a script runs, and what inline expressions print."""

from _rollcall import context as _context

__all__ = ["expressionPrint", "hookKey", "runningContext"]


def runningContext() -> str:
    """
    Tells which family of functions a script may call: `renderclient` in a template on a render node, `dispatcher` where
    ROLLCALL_URL names one, otherwise nothing.
    """
    return _context.runningContext()


def hookKey() -> str:
    """
    The key of what a hook of the dispatcher is called for, the same each time that it is called for that: who does
    something under it does it once. Empty elsewhere. Muster has no such function.
    """
    return _context.hookKey or ""


def expressionPrint(text: object) -> None:
    """Puts a text where the inline `<% %>` stands that calls this. Elsewhere it does nothing."""
    if _context.printed is not None:
        _context.printed.append(str(text))
