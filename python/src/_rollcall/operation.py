"""Runs an operation: arguments into its input, its answer into what the function returns."""

from typing import Any, Dict, NamedTuple, Optional, Sequence, Tuple, Type

from .connection import Connection, download, environmentConnection
from .entity import Entity, Kind, MStringRef
from .errors import MUSTERERR, NO_SUCH_OPERATION, WRONG_ARGUMENT, Failure


class Value(NamedTuple):
    """An argument, or a returned value, that is a field of the input or of the answer."""

    field: str
    kind: Kind


class Part(NamedTuple):
    """An argument that is an object; its fields go under `field`, or into the input itself if that is empty."""

    field: str
    type: Type[Entity]
    accepted: Tuple[str, ...]
    # For changes: fields that are sent even if they were not set. None sends all.
    always: Optional[Tuple[str, ...]]
    # Fields of the object that the input has beside it, such as its id.
    beside: Tuple[str, ...]


class Out(NamedTuple):
    """An argument that is filled: a text from `field`, an object from `field` or from the whole answer."""

    field: str
    type: type


class One(NamedTuple):
    """A returned object, from a field of the answer, or from the whole answer if the name is empty."""

    field: str
    type: Type[Entity]


class Many(NamedTuple):
    """A returned list of objects, or of texts if there is no type."""

    field: str
    type: Optional[Type[Entity]]


class Operation(NamedTuple):
    """An operation of the contract under a function of the reference. Without a path the server does not have it."""

    name: str
    method: str
    path: str
    takesToken: bool
    isPaged: bool
    takes: Sequence[Any]
    gives: Sequence[Any]


def run(operation: Operation, *arguments: Any, connection: Optional[Connection] = None) -> Any:
    """
    Calls an operation; answers with a MUSTERERR, or a tuple with it first. Raises nothing for what goes wrong: then
    lists are empty and everything else is None.
    """
    try:
        if operation.path == "":
            raise Failure(NO_SUCH_OPERATION, "%s: this server does not have it" % operation.name)
        _check(operation, arguments)
        content = _input(operation, arguments)
        server = connection or environmentConnection()
        answer = _call(server, operation, content)
        results = [_result(give, answer) for give in operation.gives]
        _fill(operation, arguments, answer)
        error = MUSTERERR()
    except Failure as failure:
        error = failure.asError()
    except (TypeError, ValueError) as cause:
        error = MUSTERERR(WRONG_ARGUMENT, "%s: an argument cannot be sent: %s" % (operation.name, cause))
    if error.getErrorCode() != 0:
        results = [[] if isinstance(give, Many) else None for give in operation.gives]
    return (error, *results) if operation.gives else error


def _check(operation: Operation, arguments: Sequence[Any]) -> None:
    for position, (take, argument) in enumerate(zip(operation.takes, arguments)):
        if isinstance(take, (Part, Out)) and not isinstance(argument, take.type):
            raise Failure(
                WRONG_ARGUMENT,
                "%s: argument %d must be an %s; it is %r"
                % (operation.name, position + 1, take.type.__name__, argument),
            )


def _input(operation: Operation, arguments: Sequence[Any]) -> Dict[str, Any]:
    content: Dict[str, Any] = {}
    for take, argument in zip(operation.takes, arguments):
        if isinstance(take, Value) and argument is not None:
            content[take.field] = take.kind.take(argument)
        elif isinstance(take, Part):
            # An id is given to what is new; that it is a job or a folder says which call was taken.
            elsewhere = ("id", "type") if take.always is None else ("id",)
            part = argument._part(take.accepted, take.always, elsewhere + take.beside)
            content.update({take.field: part} if take.field else part)
            for name in take.beside:
                if argument._values.get(name) is None:
                    raise Failure(WRONG_ARGUMENT, "%s: the object must have its %s" % (operation.name, name))
                content[name] = argument._values[name]
    return content


def _call(server: Connection, operation: Operation, content: Dict[str, Any]) -> Dict[str, Any]:
    whole = server.call(operation.method, operation.path, content, operation.takesToken)
    page = whole
    while operation.isPaged and page.get("nextPageToken") is not None:
        content = dict(content, pageToken=page["nextPageToken"])
        page = server.call(operation.method, operation.path, content, operation.takesToken)
        for give in list(operation.gives) + list(operation.takes):
            if isinstance(page.get(give.field), (list, str)):
                whole[give.field] = whole[give.field] + page[give.field]
    return whole


def _result(give: Any, answer: Dict[str, Any]) -> Any:
    if isinstance(give, Value):
        return give.kind.show(answer.get(give.field))
    value: Any = answer[give.field] if give.field else answer
    if isinstance(give, Many):
        return list(value) if give.type is None else [_loaded(give.type, one) for one in value]
    return _loaded(give.type, value)


def _loaded(type: Type[Entity], values: Dict[str, Any]) -> Entity:
    entity = type()
    entity._load(values)
    return entity


def _fill(operation: Operation, arguments: Sequence[Any], answer: Dict[str, Any]) -> None:
    for take, argument in zip(operation.takes, arguments):
        if isinstance(take, Out) and isinstance(argument, MStringRef):
            # A long text is not in the answer but under a link.
            text = answer[take.field]
            argument.setString(download(answer["url"]) if text is None else text)
        elif isinstance(take, Out):
            argument._load(answer[take.field] if take.field else answer)
        elif isinstance(take, Part):
            argument._settle(_said(argument, answer))


def _said(entity: Entity, answer: Dict[str, Any]) -> Dict[str, Any]:
    """What the answer to a write says of the object: its new id, or all of it."""
    whole = [value for value in answer.values() if isinstance(value, dict)]
    said = whole[0] if whole else {"id": answer["id"]} if "id" in answer else {}
    return {name: value for name, value in said.items() if name in entity._fields}

