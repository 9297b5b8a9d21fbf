"""What libraries log, through the same allow-list: their literal text, and of its arguments only what is harmless."""

import logging
import re
import sys
from collections.abc import Callable, Mapping
from time import monotonic

from shared.telemetry.failures import failure, place, places_in

_LEVELS = {
    "alembic": logging.INFO,
    "aiokafka.consumer.group_coordinator": logging.CRITICAL,
    "uvicorn.access": logging.CRITICAL + 1,
}
"""Below a warning libraries tell their own story, not ours. uvicorn's access lines hold query strings: never.

aiokafka calls it an error, ten times a second, that a broker is still starting; our consumer says when it is connected.
"""
_HARMLESS_TEXT = re.compile(r"([a-z0-9-]+\.)*fama(\.[a-z-]+)+|famalink\.[a-z]+|\d{1,4}|[A-Z][A-Za-z]+Error")
_LONG = 200
_AGAIN = 30.0
"""Seconds until a library is heard again that says the same over and over: of a broker that is away, ten times each."""
_REMEMBERED = 1_000
_LONG_DIGITS = 1_000_000


class FromLibraries(logging.Handler):
    """Passes every record on as `library.said` with `said`, `logger`, `place` and, of an exception, class and stack."""

    def __init__(self, write: Callable[[str, str, dict[str, object]], None]) -> None:
        super().__init__()
        self._write = write
        self._heard: dict[str, tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        try:
            told = _told(record)
            repeated = self._repeated(repr(told))
            if repeated is not None:
                self._write(
                    record.levelname.lower(), "library.said", told | ({"repeated": repeated} if repeated else {})
                )
        except Exception:  # a logger must not bring down what it watches; `handleError` would print the arguments
            sys.stderr.write(f"a record of {record.name} could not be logged\n")

    def _repeated(self, line: str) -> int | None:
        """How often the same was left out since it was last heard; none if it is left out again."""
        now = monotonic()
        since, left_out = self._heard.get(line, (-_AGAIN, 0))
        heard = now - since >= _AGAIN
        if len(self._heard) > _REMEMBERED:
            self._heard.clear()
        self._heard[line] = (now, 0) if heard else (since, left_out + 1)
        return left_out if heard else None


def listen(write: Callable[[str, str, dict[str, object]], None]) -> None:
    """All loggers of the process end here, and nowhere else."""
    root = logging.getLogger()
    root.handlers = [FromLibraries(write)]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    for name in [*logging.root.manager.loggerDict, *_LEVELS]:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)


def _told(record: logging.LogRecord) -> dict[str, object]:
    told: dict[str, object] = {"logger": record.name, "place": place(record.pathname, record.lineno, record.funcName)}
    if isinstance(record.msg, str) and _literal(record):
        told["said"] = _filled(record.msg.strip(), record.args)[:_LONG]
    elif stack := places_in(str(record.msg)):
        told["stack"] = stack
    return told | failure(record.exc_info)


def _literal(record: logging.LogRecord) -> bool:
    """Whether the message stands in the code that logs it: what was put together at run time may hold anything."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename == record.pathname and frame.f_code.co_name == record.funcName:
            return record.msg in frame.f_code.co_consts
        frame = frame.f_back  # type: ignore[assignment] # typeshed forgets the outermost frame
    return False


def _filled(template: str, args: object) -> str:
    try:
        if isinstance(args, Mapping):
            return template % {name: _harmless(value) for name, value in args.items()}
        return template % tuple(map(_harmless, args)) if isinstance(args, tuple) and args else template
    except (TypeError, ValueError):  # `%d` of something that is no harmless number
        return template


class _Plain(str):
    """The same for `%s` and `%r`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _harmless(value: object) -> object:
    if isinstance(value, BaseException):
        return _Plain(type(value).__name__)
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < _LONG_DIGITS):
        return value
    return _Plain(value if isinstance(value, str) and _HARMLESS_TEXT.fullmatch(value) else "…")
