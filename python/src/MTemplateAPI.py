"""Objects and constants of Muster's template API. Templates written in Python are not run yet."""

from _rollcall.objects import MChunk, MJob, MStringRef, kTemplateImageSlices, kTemplateMultiframe

__all__ = ["MChunk", "MJob", "MStringRef", "MTemplateError", "kTemplateImageSlices", "kTemplateMultiframe"]


class MTemplateError:
    """How a function of a template ends; without arguments it went well."""

    kTemplateErrorTypeError = 1

    def __init__(self, code: int = 0, description: str = "", type: int = kTemplateErrorTypeError) -> None:
        self._code = code
        self._description = description
        self._type = type

    def getErrorCode(self) -> int:
        """0 on success."""
        return self._code

    def getDescription(self) -> str:
        """What went wrong."""
        return self._description

    def getErrorType(self) -> int:
        """How grave it is, one of the kTemplateErrorType constants."""
        return self._type
