"""One keep-alive connection to a Rollcall server, with proxies, trusted certificates and repeated requests."""

import base64
import gzip
import http.client
import json
import os
import random
import ssl
import threading
import time
import urllib.parse
import urllib.request
import uuid
from typing import Any, Dict, Optional, Tuple

from .errors import NO_SUCH_OPERATION, NOT_CONFIGURED, UNAUTHENTICATED, UNREACHABLE, Failure

# Above the limit of the gateway, so that it is the one to give up.
TIMEOUT_SECONDS = 35
TRIES = 5

LOGIN_PATH = "/v1/session/login"


class Connection:
    """Talks to one server. Calls of several threads go one after another; a forked process opens its own connection."""

    def __init__(
        self, url: str, token: Optional[str] = None, user: Optional[str] = None, password: Optional[str] = None
    ) -> None:
        self._parts = _parse(url, "ROLLCALL_URL")
        self._token = token
        self._user = user
        self._password = password
        self._lock = threading.Lock()
        self._http: Optional[http.client.HTTPConnection] = None
        self._owner = 0

    def open(self) -> None:
        """Opens the connection, so that a server which cannot be reached is noticed."""
        with self._lock:
            try:
                self._connect()
            except (OSError, http.client.HTTPException) as error:
                raise self._unreachable(error)

    def close(self) -> None:
        with self._lock:
            self._drop()

    def logIn(self, user: str, password: str) -> None:
        """Takes a token for a user; later calls are theirs."""
        answer = self._repeat("POST", LOGIN_PATH, {"name": user, "password": password}, None)
        self._user, self._password, self._token = user, password, answer["token"]

    def call(self, method: str, path: str, content: Dict[str, Any], takesToken: bool) -> Dict[str, Any]:
        """Calls an operation. A write is repeated under one request token, so that it has the effect of one."""
        if takesToken:
            content = dict(content, requestToken=str(uuid.uuid4()))
        hasLoggedIn = False
        if self._token is None:
            self._logInAgain()
            hasLoggedIn = True
        try:
            return self._repeat(method, path, content, self._token)
        except Failure as failure:
            # A token lasts thirty days; a session that knows the password outlives it.
            if failure.code != UNAUTHENTICATED or hasLoggedIn or self._password is None:
                raise
        self._logInAgain()
        return self._repeat(method, path, content, self._token)

    def _logInAgain(self) -> None:
        if self._user is None or self._password is None:
            raise Failure(
                NOT_CONFIGURED,
                "no user is logged in: set ROLLCALL_TOKEN, or ROLLCALL_USER and ROLLCALL_PASSWORD,"
                " or call MClientAPI.Authenticate",
            )
        self.logIn(self._user, self._password)

    def _repeat(self, method: str, path: str, content: Dict[str, Any], token: Optional[str]) -> Dict[str, Any]:
        for attempt in range(TRIES):
            try:
                with self._lock:
                    return self._send(method, path, content, token)
            except Failure as failure:
                if not failure.mayRepeat or attempt == TRIES - 1:
                    raise
            # 0.1 s doubled with each try, with jitter so that clients do not come back together.
            time.sleep(0.1 * 2**attempt * random.uniform(0.5, 1))
        raise AssertionError("unreachable")

    def _send(self, method: str, path: str, content: Dict[str, Any], token: Optional[str]) -> Dict[str, Any]:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = "Bearer " + token
        target = self._parts.path.rstrip("/") + path
        body: Optional[bytes] = None
        if method == "GET":
            query = {name: _queryText(value) for name, value in content.items()}
            target += "?" + urllib.parse.urlencode(query) if query else ""
        else:
            headers["Content-Type"] = "application/json"
            body = json.dumps(content, allow_nan=False).encode("utf-8")
        try:
            status, text = self._exchange(method, target, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            raise self._unreachable(error)
        return self._read(status, text)

    def _exchange(self, method: str, target: str, body: Optional[bytes], headers: Dict[str, str]) -> Tuple[int, bytes]:
        isReused = self._isOpen()
        try:
            return self._exchangeOnce(method, target, body, headers)
        except (ConnectionError, http.client.BadStatusLine, ssl.SSLEOFError):
            if not isReused:
                raise
        # The server has closed a connection that was idle: no fault of anybody, so it costs no pause.
        self._drop()
        return self._exchangeOnce(method, target, body, headers)

    def _exchangeOnce(
        self, method: str, target: str, body: Optional[bytes], headers: Dict[str, str]
    ) -> Tuple[int, bytes]:
        connection = self._connect()
        proxy = self._proxy()
        if proxy is not None and self._parts.scheme == "http":
            target = "http://" + self._parts.netloc.rpartition("@")[2] + target
            headers = dict(headers, **_proxyHeaders(proxy))
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        text = response.read()
        if response.will_close:
            self._drop()
        return response.status, text

    def _read(self, status: int, text: bytes) -> Dict[str, Any]:
        try:
            answer = json.loads(text.decode("utf-8"))
        except ValueError:
            answer = None
        error = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(answer, dict) and 200 <= status < 300:
            return answer
        if isinstance(error, dict) and "number" in error:
            if error["number"] == NO_SUCH_OPERATION:
                raise Failure(NO_SUCH_OPERATION, "this server does not have it: %s" % error["message"])
            raise Failure(error["number"], error["message"], bool(error.get("retryable")))
        raise Failure(
            UNREACHABLE, "%s answered %d, not as a dispatcher does" % (self._address(), status), status >= 500
        )

    def _isOpen(self) -> bool:
        return self._http is not None and self._http.sock is not None and self._owner == os.getpid()

    def _connect(self) -> http.client.HTTPConnection:
        if self._http is not None and self._isOpen():
            return self._http
        # The socket of a parent process is the parent's: it is let go without a word to the server.
        self._http = None
        connection = self._make()
        connection.connect()
        self._http = connection
        self._owner = os.getpid()
        return connection

    def _make(self) -> http.client.HTTPConnection:
        host = self._parts.hostname or ""
        isSecure = self._parts.scheme == "https"
        port = self._parts.port or (443 if isSecure else 80)
        proxy = self._proxy()
        first = (host, port) if proxy is None else (proxy.hostname or "", proxy.port or 80)
        if not isSecure:
            return http.client.HTTPConnection(first[0], first[1], timeout=TIMEOUT_SECONDS)
        secure = http.client.HTTPSConnection(first[0], first[1], timeout=TIMEOUT_SECONDS, context=_tlsContext())
        if proxy is not None:
            secure.set_tunnel(host, port, _proxyHeaders(proxy))
        return secure

    def _proxy(self) -> Optional[urllib.parse.SplitResult]:
        proxies = urllib.request.getproxies_environment()
        address = proxies.get(self._parts.scheme) or proxies.get("all")
        host = self._parts.netloc.rpartition("@")[2]
        if not address or urllib.request.proxy_bypass_environment(host, proxies):  # type: ignore[attr-defined]
            return None
        proxy = _parse(address if "://" in address else "http://" + address, "the proxy")
        if proxy.scheme != "http":
            raise Failure(NOT_CONFIGURED, "the proxy %s must be an http:// address" % proxy.geturl())
        return proxy

    def _drop(self) -> None:
        if self._isOpen() and self._http is not None:
            self._http.close()
        self._http = None

    def _address(self) -> str:
        return "%s://%s" % (self._parts.scheme, self._parts.netloc.rpartition("@")[2])

    def _unreachable(self, error: Exception) -> Failure:
        # A certificate that is not trusted will not be a moment later.
        mayRepeat = not isinstance(error, ssl.SSLCertVerificationError)
        reason = str(error) or type(error).__name__
        return Failure(UNREACHABLE, "no answer from %s: %s" % (self._address(), reason), mayRepeat)


_environments: Dict[Tuple[Optional[str], ...], Connection] = {}


def environmentConnection() -> Connection:
    """The connection that the environment asks for; the same one as long as the environment stays the same."""
    names = ("ROLLCALL_URL", "ROLLCALL_TOKEN", "ROLLCALL_USER", "ROLLCALL_PASSWORD")
    url, token, user, password = settings = tuple(os.environ.get(name) or None for name in names)
    if url is None:
        raise Failure(
            NOT_CONFIGURED,
            "no server is set: set ROLLCALL_URL to the address of the dispatcher,"
            " and ROLLCALL_TOKEN or ROLLCALL_USER and ROLLCALL_PASSWORD",
        )
    if settings not in _environments:
        for connection in _environments.values():
            connection.close()
        _environments.clear()
        _environments[settings] = Connection(url, token, user, password)
    return _environments[settings]


def download(url: str) -> str:
    """The packed text under a link that the server gave; it leads to where texts are kept and needs no token."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS, context=_tlsContext()) as response:
            return gzip.decompress(response.read()).decode("utf-8")
    except (OSError, EOFError, http.client.HTTPException) as error:
        origin = urllib.parse.urlsplit(url).netloc
        raise Failure(UNREACHABLE, "no whole text from %s: %s" % (origin, error), True)


def upload(url: str, text: str) -> None:
    """Puts a text, packed, under a link that the server gave; it leads to where texts are kept and needs no token."""
    body = gzip.compress(text.encode("utf-8"))
    request = urllib.request.Request(url, body, {"Content-Type": "application/gzip"}, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=_tlsContext()) as response:
            response.read()
    except (OSError, http.client.HTTPException) as error:
        origin = urllib.parse.urlsplit(url).netloc
        raise Failure(UNREACHABLE, "the text was not taken by %s: %s" % (origin, error), True)


def _parse(url: str, name: str) -> urllib.parse.SplitResult:
    try:
        parts = urllib.parse.urlsplit(url)
        isAddress = parts.scheme in ("http", "https") and parts.hostname is not None and (parts.port or 1) > 0
    except ValueError:
        isAddress = False
    if not isAddress:
        raise Failure(NOT_CONFIGURED, "%s must be an address such as http://127.0.0.1:9890; it is %s" % (name, url))
    return parts


def _proxyHeaders(proxy: urllib.parse.SplitResult) -> Dict[str, str]:
    if proxy.username is None:
        return {}
    pair = "%s:%s" % (urllib.parse.unquote(proxy.username), urllib.parse.unquote(proxy.password or ""))
    return {"Proxy-Authorization": "Basic " + base64.b64encode(pair.encode("utf-8")).decode("ascii")}


def _tlsContext() -> ssl.SSLContext:
    """Trusts what the machine trusts, or what the usual variables name; SSL_CERT_FILE is read by the library itself."""
    bundle = os.environ.get("REQUESTS_CA_BUNDLE")
    try:
        if not bundle:
            return ssl.create_default_context()
        if os.path.isdir(bundle):
            return ssl.create_default_context(capath=bundle)
        return ssl.create_default_context(cafile=bundle)
    except (OSError, ssl.SSLError) as error:
        raise Failure(NOT_CONFIGURED, "REQUESTS_CA_BUNDLE %s cannot be read: %s" % (bundle, error))


def _queryText(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
