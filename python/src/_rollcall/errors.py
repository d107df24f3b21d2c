"""How a call ends: the MUSTERERR that every function returns first, and the exception that becomes one."""

SUCCESS = 0
# Numbers below 100 are the server's, docs/errors.md; these are causes that never reach it.
NOT_CONFIGURED = 101
UNREACHABLE = 102
WRONG_ARGUMENT = 103
# The server's own number for an operation that it does not have.
NO_SUCH_OPERATION = 5
UNAUTHENTICATED = 2


class MUSTERERR:
    """The outcome of a call. Code 0 is success; the description is the server's text and says what to do."""

    def __init__(self, code: int = SUCCESS, description: str = "") -> None:
        self._code = code
        self._description = description

    def getErrorCode(self) -> int:
        """0 on success, otherwise one number per cause."""
        return self._code

    def getDescription(self) -> str:
        """What went wrong and what to do; empty on success."""
        return self._description

    def __repr__(self) -> str:
        return "MUSTERERR(%d, %r)" % (self._code, self._description)


class Failure(Exception):
    """Ends a call; never leaves the package. `mayRepeat` says that the same request may succeed later."""

    def __init__(self, code: int, description: str, mayRepeat: bool = False) -> None:
        super().__init__(description)
        self.code = code
        self.mayRepeat = mayRepeat

    def asError(self) -> MUSTERERR:
        return MUSTERERR(self.code, str(self))
