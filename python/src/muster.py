"""The module `muster` of Muster: where a script runs, and what inline expressions print."""

from _rollcall import context as _context

__all__ = ["expressionPrint", "runningContext"]


def runningContext() -> str:
    """
    Tells which family of functions a script may call: `renderclient` in a template on a render node, `dispatcher` where
    ROLLCALL_URL names one, otherwise nothing.
    """
    return _context.runningContext()


def expressionPrint(text: object) -> None:
    """Puts a text where the inline `<% %>` stands that calls this. Elsewhere it does nothing."""
    if _context.printed is not None:
        _context.printed.append(str(text))
