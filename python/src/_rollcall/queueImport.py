"""Replacing the queue by a text of SQL: a long text is uploaded first, and the work goes on until it is done."""

import json
import time
import uuid
from typing import Any, Dict, Optional

from .connection import Connection, environmentConnection, upload
from .errors import MUSTERERR, WRONG_ARGUMENT, Failure
from .operation import Operation

# What is longer as JSON is uploaded: a call takes 4 MB, and quotes make a text longer on its way.
INLINE_BYTES = 2000000
PAUSE_SECONDS = 2.0
UPLOAD_LINK_PATH = "/v1/db/dbImportUploadLink"


def importQueue(operation: Operation, sql: Any, connection: Optional[Connection] = None) -> MUSTERERR:
    """Returns once the queue is there, or with what is wrong; a connection that is lost meanwhile stops nothing."""
    try:
        if not isinstance(sql, str):
            raise Failure(WRONG_ARGUMENT, "%s: argument 1 must be a text; it is %r" % (operation.name, type(sql).__name__))
        server = connection or environmentConnection()
        content = _content(server, sql)
        # Under one token the same import is carried on each time.
        content["requestToken"] = str(uuid.uuid4())
        while server.call(operation.method, operation.path, content, False)["result"] != "ready":
            time.sleep(PAUSE_SECONDS)
    except Failure as failure:
        return failure.asError()
    return MUSTERERR()


def _content(server: Connection, sql: str) -> Dict[str, Any]:
    if len(json.dumps(sql)) <= INLINE_BYTES:
        return {"sql": sql}
    link = server.call("POST", UPLOAD_LINK_PATH, {}, True)
    upload(link["url"], sql)
    return {"uploadId": link["uploadId"]}
