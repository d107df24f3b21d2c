"""What a template asks of a submission, and of the machine that renders."""

from typing import Any

from .tolerant import Tolerant


class MTemplateItem(Tolerant):
    """
    A field. After its default come flags of Muster's dialogs and the pattern of a file dialog: there are no such dialogs
    here, and no public text says that one of them makes a field required, so none does.
    """

    kind = "string"

    def __init__(self, name: str, label: str = "", description: str = "", default: Any = "", *_dialog: Any) -> None:
        super().__init__()
        self._name = name
        self._label = label
        self._description = description
        self._default = default

    def getName(self) -> str:
        return self._name

    def getLabel(self) -> str:
        return self._label

    def getDescription(self) -> str:
        return self._description

    def getDefault(self) -> Any:
        return self._default


class MTemplateItemString(MTemplateItem):
    """A text."""


class MTemplateItemFile(MTemplateItem):
    """The path of a file."""

    kind = "file"


class MTemplateItemFolder(MTemplateItem):
    """The path of a folder."""

    kind = "folder"


class MTemplateItemInteger(MTemplateItem):
    """A whole number."""

    kind = "integer"
