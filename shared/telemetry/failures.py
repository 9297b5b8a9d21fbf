"""An exception in a log line: its class, what caused it and where, without its message (that may hold a value)."""

import errno
import re
import sys
from pathlib import PurePath
from traceback import extract_tb
from types import TracebackType
from typing import Any

_DEEPEST = 12
_ROOT = PurePath(__file__).parents[2]
_INSTALLED = re.compile(r".*/(?:site-packages|lib/python3[.\d]*)/")
_TRACEBACK_LINE = re.compile(r'File "([^"\n]+)", line (\d+), in ([\w.<>]+)')

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def failure(found: Any) -> dict[str, object]:  # noqa: ANN401 - `exc_info` is what anybody passes to a logger
    """From `exc_info` as loggers take it: True, an exception or a triple."""
    error = _exception(found)
    if error is None:
        return {}
    causes = _causes(error)
    said: dict[str, object] = {"exception": _name(error), "stack": _stack(error.__traceback__)}
    if causes:
        said["caused_by"] = [_name(cause) for cause in causes]
    if number := next(filter(None, map(_errno, (error, *causes))), None):
        said["errno"] = number
    return said


def places_in(text: str) -> list[str]:
    """The places of a traceback that somebody has made into text."""
    return [place(path, int(line), name) for path, line, name in _TRACEBACK_LINE.findall(text)][-_DEEPEST:]


def place(path: str, line: int, function: str) -> str:
    """`shared/storage/outbox.py:41 write`; of a library, from its package on."""
    inside = path.removeprefix(f"{_ROOT}/")
    return f"{_INSTALLED.sub('', inside)}:{line} {function}"


def _exception(found: object) -> BaseException | None:
    if isinstance(found, BaseException):
        return found
    if isinstance(found, tuple):
        return found[1] if isinstance(found[1], BaseException) else None
    return sys.exception() if found else None


def _causes(error: BaseException) -> list[BaseException]:
    """What it came from, then, of a group, what is in it."""
    found: list[BaseException] = []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    while cause is not None and len(found) < _DEEPEST:
        found.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    if isinstance(error, BaseExceptionGroup):
        found.extend(error.exceptions)
    return found


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _stack(traceback: TracebackType | None) -> list[str]:
    frames = extract_tb(traceback)[-_DEEPEST:]
    return [place(frame.filename, frame.lineno or 0, frame.name) for frame in frames]


def _errno(error: BaseException) -> str | None:
    """`ECONNREFUSED`, or PostgreSQL's five characters."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0)
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) else None
