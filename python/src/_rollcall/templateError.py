"""How a function of a template ends."""

from typing import List


class MTemplateError:
    """How a function of a template ends; without arguments it went well."""

    kTemplateErrorTypeError = 1
    kTemplateErrorTypeWarning = 2

    # What an error asks for besides being told.
    kTemplateErrorAbortRender = 1

    def __init__(self, code: int = 0, description: str = "", type: int = kTemplateErrorTypeError) -> None:
        self._code = code
        self._description = description
        self._type = type
        self._actions: List[int] = []

    def getErrorCode(self) -> int:
        """0 on success."""
        return self._code

    def getDescription(self) -> str:
        """What went wrong."""
        return self._description

    def getErrorType(self) -> int:
        """How grave it is, one of the kTemplateErrorType constants."""
        return self._type

    def addErrorAction(self, action: int) -> None:
        """Asks for an action, such as kTemplateErrorAbortRender, which ends a render that runs."""
        self._actions.append(action)

    def getErrorActions(self) -> List[int]:
        """The actions that were asked for."""
        return list(self._actions)
