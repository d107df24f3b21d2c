"""Calls of Muster that mean nothing here: a template that makes them is loaded all the same, and they are told."""

from typing import Any, Callable, Set

# Only these configure; anything else that is missing is a mistake, or a function whose answer would be needed.
_CONFIGURING = ("set", "add", "enable", "disable")


class Tolerant:
    """Takes any call that configures; those that it does not know are noted by name."""

    def __init__(self) -> None:
        self._ignored: Set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_") or not name.startswith(_CONFIGURING):
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))

        def ignore(*_arguments: Any, **_named: Any) -> None:
            self._ignored.add(name)

        return ignore
