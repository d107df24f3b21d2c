"""The base of all objects: named fields as the server has them, read and written as Muster's scripts know them."""

import copy
import datetime
from typing import Any, ClassVar, Dict, Iterable, Mapping, Optional, Set, Tuple

from .errors import WRONG_ARGUMENT, Failure


class Kind:
    """How a field is shown to scripts; this one as it is."""

    def show(self, value: Any) -> Any:
        return copy.deepcopy(value)

    def take(self, value: Any) -> Any:
        return copy.deepcopy(value)


class Flag(Kind):
    """True or false; scripts may set 1 and 0."""

    def take(self, value: Any) -> Any:
        return None if value is None else bool(value)


class Id(Kind):
    """The id of something, -1 for none."""

    def show(self, value: Any) -> Any:
        return -1 if value is None else value

    def take(self, value: Any) -> Any:
        return None if value == -1 else value


class Time(Kind):
    """Seconds since 1970, 0 for none. The server keeps milliseconds, in text."""

    def show(self, value: Any) -> Any:
        if not value:
            return 0.0
        moment = datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
        return moment.replace(tzinfo=datetime.timezone.utc).timestamp()

    def take(self, value: Any) -> Any:
        if not isinstance(value, (int, float)):
            return value
        if value == 0:
            return None
        moment = datetime.datetime.fromtimestamp(round(value, 3), datetime.timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (moment.microsecond // 1000)


class Names(Kind):
    """A list of names, shown as text with commas; scripts may set such a text or a list."""

    def show(self, value: Any) -> Any:
        return ",".join(value or [])

    def take(self, value: Any) -> Any:
        names = value.split(",") if isinstance(value, str) else list(value)
        return [name.strip() for name in names if name.strip()]


class Number(Kind):
    """One of several names, shown as its number. A number that means nothing is left for the server to refuse."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        self._names = {number: name for name, number in numbers.items()}

    def show(self, value: Any) -> Any:
        return -1 if value is None else self.numbers.get(value, value)

    def take(self, value: Any) -> Any:
        return self._names.get(value, value)


class Bits(Kind):
    """A set of names, shown as the sum of their numbers."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    def show(self, value: Any) -> Any:
        return sum(self._numbers[name] for name in value or [])

    def take(self, value: Any) -> Any:
        return [name for name, number in self._numbers.items() if value & number]


PLAIN = Kind()
FLAG = Flag()
ID = Id()
TIME = Time()
NAMES = Names()


class Entity:
    """An object is a copy: what is set in it reaches the server with the call that takes it."""

    # Kind and default of each field.
    _fields: ClassVar[Dict[str, Tuple[Kind, Any]]] = {}

    def __init__(self) -> None:
        self._values: Dict[str, Any] = {}
        self._changed: Set[str] = set()

    def _get(self, name: str) -> Any:
        kind, default = self._fields[name]
        return kind.show(self._values.get(name, default))

    def _set(self, name: str, value: Any) -> None:
        self._values[name] = self._fields[name][0].take(value)
        self._changed.add(name)

    def _load(self, values: Mapping[str, Any]) -> None:
        """Becomes what the server said; fields that this package does not know are left out."""
        self._values = {name: value for name, value in values.items() if name in self._fields}
        self._changed = set()

    def _settle(self, values: Mapping[str, Any]) -> None:
        """What was set has reached the server, which said `values` of it."""
        self._values.update(values)
        self._changed = set()

    def _part(
        self, accepted: Iterable[str], always: Optional[Iterable[str]], elsewhere: Iterable[str]
    ) -> Dict[str, Any]:
        """
        What a call is sent: fields that it accepts; with `always` only those that were set since, and these. A field
        that was set and that the call does not take is refused, so that no setter is without effect.
        """
        lost = sorted(self._changed.difference(accepted, elsewhere))
        if lost:
            raise Failure(WRONG_ARGUMENT, "%s: this call does not change it; leave it as it is" % lost[0])
        sent = set(accepted) if always is None else self._changed.union(always).intersection(accepted)
        return {name: value for name, value in self._values.items() if name in sent}

    def __repr__(self) -> str:
        return "%s(%r)" % (type(self).__name__, self._values)


class MStringRef:
    """A text that a call fills in."""

    def __init__(self, text: str = "") -> None:
        self._text = text

    def getString(self) -> str:
        return self._text

    def setString(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text
