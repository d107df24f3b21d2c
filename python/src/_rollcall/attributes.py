"""What only a job has: its open map of attributes, and its parents as text."""

from typing import Any, Union

from .entity import Entity

# Frames are fields of a job here; submitters of Muster write them as attributes.
FRAMES = {"start_frame": "startFrame", "end_frame": "endFrame", "by_frame": "byFrame"}
# How the job is to be submitted: 0 as it is, 1 idle, 2 paused.
STATUS = "overridestatus"
PAUSED = 2


class Attributes(Entity):
    """The attributes of a job, by name. Any name may be set; the template says which it reads."""

    def attributeSetString(self, name: str, value: str) -> None:
        """Sets an attribute to a text."""
        self._setAttribute(name, value)

    def attributeSetFloat(self, name: str, value: float) -> None:
        """Sets an attribute to a number."""
        self._setAttribute(name, value)

    def attributeGetString(self, name: str) -> str:
        """An attribute as text, whole numbers without a point; empty if there is none of that name."""
        value = self._getAttribute(name)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    def attributeGetFloat(self, name: str) -> float:
        """An attribute as a number; 0 if there is none of that name or it is not one."""
        try:
            return float(self._getAttribute(name))
        except (TypeError, ValueError):
            return 0.0

    def setDepends(self, ids: Union[str, int]) -> None:
        """Sets the jobs that this one waits for: ids with commas between them, nothing for none."""
        parts = [part.strip() for part in str(ids).split(",")]
        self._set("dependIds", [_number(part) for part in parts if part not in ("", "-1")])

    def getDepends(self) -> str:
        """The jobs that this one waits for: ids with commas between them."""
        return ",".join(str(id) for id in self._get("dependIds"))

    def _setAttribute(self, name: str, value: Any) -> None:
        if name in FRAMES:
            self._set(FRAMES[name], _number(value))
        elif name == STATUS:
            self._set("paused", _number(value) == PAUSED)
        else:
            entry = dict(self._get("attributes").get(name, {}), value=value)
            self._set("attributes", dict(self._get("attributes"), **{name: entry}))

    def _getAttribute(self, name: str) -> Any:
        if name in FRAMES:
            return self._get(FRAMES[name])
        if name == STATUS:
            return PAUSED if self._get("paused") else 0
        return self._get("attributes").get(name, {}).get("value")


def _number(value: Any) -> Any:
    """A number that is written as text; what is not one is left for the server to refuse by the name of its field."""
    if not isinstance(value, str):
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number
