"""The external client API of Muster: sessions, and the objects that the functions of MDispatcherAPI take and give."""

import os
import sys
from typing import Optional

import MDispatcherAPI as _dispatcher
from _rollcall import objects as _objects
from _rollcall.connection import Connection
from _rollcall.errors import MUSTERERR, NOT_CONFIGURED, WRONG_ARGUMENT, Failure
from _rollcall.objects import *  # noqa: F401,F403
from _rollcall.objects import MJob
from _rollcall.submission import submitJob

__all__ = [
    *_objects.__all__,
    "ActionSendJob",
    "Authenticate",
    "Connect",
    "Disconnect",
    "GetPlatform",
    "InitializeLibrary",
    "InitializeSession",
    "Session",
    "kPlatformLinux",
    "kPlatformMac",
    "kPlatformWindows",
]

kPlatformLinux = "linux"
kPlatformMac = "darwin"
kPlatformWindows = "win32"


class Session:
    """What InitializeSession gives; it has a connection between Connect and Disconnect."""

    def __init__(self) -> None:
        self._connection: Optional[Connection] = None


def GetPlatform() -> str:
    """The platform of this machine, one of the kPlatform constants."""
    if sys.platform.startswith("win"):
        return kPlatformWindows
    return kPlatformMac if sys.platform == "darwin" else kPlatformLinux


def InitializeLibrary(path: str = "") -> MUSTERERR:
    """Does nothing, successfully: there is no library to be found in a path."""
    return MUSTERERR()


def InitializeSession() -> Session:
    """Makes a session that is not connected."""
    return Session()


def Connect(session: Session, host: str, port: int) -> MUSTERERR:
    """
    Connects a session. ROLLCALL_URL wins over host and port, so that scripts with an address of Muster in them need no
    change. A host may be a whole address; port 443 means HTTPS.
    """
    try:
        scheme = "https" if int(port) == 443 else "http"
        address = host if "://" in host else "%s://%s:%d" % (scheme, host, int(port))
        connection = Connection(os.environ.get("ROLLCALL_URL") or address, os.environ.get("ROLLCALL_TOKEN") or None)
        connection.open()
    except Failure as failure:
        return failure.asError()
    except (TypeError, ValueError) as cause:
        return MUSTERERR(WRONG_ARGUMENT, "Connect: host and port must be a text and a number: %s" % cause)
    session._connection = connection
    return MUSTERERR()


def Authenticate(session: Session, user: str, password: str) -> MUSTERERR:
    """Logs a session in; its calls are the user's from then on."""
    try:
        _connection(session).logIn(user, password)
    except Failure as failure:
        return failure.asError()
    except (TypeError, ValueError) as cause:
        return MUSTERERR(WRONG_ARGUMENT, "Authenticate: user and password must be texts: %s" % cause)
    return MUSTERERR()


def ActionSendJob(session: Session, job: MJob) -> MUSTERERR:
    """
    Submits a job, or makes a folder if it is one, as the user of the session; the job has its id then. Of a folder
    only name and parent are taken.
    """
    try:
        connection = _connection(session)
    except Failure as failure:
        return failure.asError()
    return submitJob(_dispatcher._jobSubmit, _dispatcher._jobAddFolder, job, None, connection)


def Disconnect(session: Session) -> MUSTERERR:
    """Closes the connection of a session; one that has none is fine."""
    if session._connection is not None:
        session._connection.close()
    session._connection = None
    return MUSTERERR()


def _connection(session: Session) -> Connection:
    if session._connection is None:
        raise Failure(NOT_CONFIGURED, "the session is not connected: call Connect first")
    return session._connection
