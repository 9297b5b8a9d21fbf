"""One line per thing that happened, named like the event, with ids only: JSON, or plain text in a terminal.

log = logger()
log.info("attendance.recorded", fact=fact.id, client=fact.client)
"""

import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

from shared.telemetry import libraries
from shared.telemetry.allowed import event_name, only_allowed
from shared.telemetry.failures import failure

# structlog loads `rich` where it is installed: 14 MB in each process, for tracebacks that are never drawn.
_without_rich = "rich" not in sys.modules
if _without_rich:
    sys.modules["rich"] = None  # type: ignore[assignment]
import structlog  # noqa: E402
from structlog.contextvars import merge_contextvars  # noqa: E402
from structlog.typing import EventDict, FilteringBoundLogger  # noqa: E402

if _without_rich:
    del sys.modules["rich"]

_INFO = 20
_always: dict[str, str] = {}
_in_terminal = False


def logger() -> FilteringBoundLogger:
    """Made at once: structlog's lazy one is made anew for every line, which takes as long as the line."""
    return structlog.get_logger().bind()  # type: ignore[no-any-return]


def start(service: str) -> None:
    """Once per process, before anything else is loaded that logs: all that this process prints comes through here."""
    global _in_terminal  # noqa: PLW0603 - there is one standard output
    _always["service"] = service
    _in_terminal = sys.stdout.isatty()
    libraries.listen(lambda level, event, values: _print(_line(level, event, values)))
    sys.excepthook = _died
    threading.excepthook = lambda args: _report("thread.failed", args.exc_value)
    sys.unraisablehook = lambda args: _report("object.failed", args.exc_value)


def _render(_: object, level: str, said: EventDict) -> str | bytes:
    """The last processor, and the only one: whatever else is configured, nothing gets past the allow-list."""
    event, found = said.pop("event", None), said.pop("exc_info", None)
    return _line(level, event, {**said, **failure(found)})


def _line(level: str, event: object, values: dict[str, Any]) -> bytes:
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "event": event_name(event)}
    line |= _always
    line |= only_allowed(values)  # type: ignore[arg-type] # values are numbers and lists too
    return _plain(line) if _in_terminal else orjson.dumps(line)


def _plain(line: dict[str, Any]) -> bytes:
    time, level, event = line.pop("time")[11:23], line.pop("level"), line.pop("event")
    stack = "".join(f"\n    {place}" for place in line.pop("stack", ()))
    rest = " ".join(f"{name}={value}" for name, value in line.items())
    return f"{time} {level:<8} {event}  {rest}{stack}".encode()


def _print(line: bytes) -> None:
    try:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    except (BrokenPipeError, ValueError):  # nobody reads any more, or the process is on its way out
        return


def _died(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _report("process.failed", error)


def _report(event: str, error: BaseException | None) -> None:
    _print(_line("critical", event, failure(error)))


class _StandardOutput:
    """Where structlog's lines go; looked up each time, as tests and runners replace it."""

    def msg(self, line: bytes) -> None:
        _print(line)

    debug = info = warning = warn = error = critical = exception = fatal = msg


structlog.configure(
    processors=[merge_contextvars, _render],
    wrapper_class=structlog.make_filtering_bound_logger(_INFO),
    logger_factory=lambda *_: _StandardOutput(),
    cache_logger_on_first_use=True,
)
