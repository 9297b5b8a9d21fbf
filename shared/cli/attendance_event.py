"""An attendance event as 4-events has it, made of a command's options or of the demo's commitment."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_TYPE = "uk.famalink.journal.attendance.reported.v1"


def attendance_event(event_id: str, source: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """A structured CloudEvent. `said` are the fields of `data` as options have them; what is None is left out."""
    data = {_camel(name): value for name, value in said.items() if value is not None}
    data.setdefault("observedAt", datetime.now(UTC).isoformat(timespec="seconds"))
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": source,
        "type": _TYPE,
        "time": data["observedAt"],
        "datacontenttype": "application/json",
        "data": data,
    }


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
