"""One contract event: what happened, and the envelope it travels in (a profile of NHS Notify's event standard)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import ValidationError

from shared.events.catalogue import CATALOGUE, EventType
from shared.events.cloudevent import CloudEvent
from shared.events.contract import Contract
from shared.problems import Refused, problems_of, refused


@dataclass(slots=True)
class Written:
    """`data` that its writer spelt as JSON itself, as its model would: for what is said by the thousand."""

    json: bytes


D_co = TypeVar("D_co", bound=Contract | Written, covariant=True)

_OPTIONAL = ("provider", "team", "sequence", "traceparent", "correlationid", "causationid")


@dataclass(slots=True, kw_only=True)  # not frozen: that would triple what making one costs, and they come by thousands
class Event(Generic[D_co]):
    """`time`: when it happened; `recorded`: when we learned it; `subject`: the client it is about, by pseudonym."""

    type: EventType
    data: D_co
    id: UUID
    source: str
    time: datetime
    recorded: datetime
    key: str
    subject: UUID | None = None
    provider: str | None = None
    team: str | None = None
    sequence: str | None = None
    traceparent: str | None = None
    correlationid: str | None = None
    causationid: str | None = None

    @property
    def client(self) -> UUID:
        """The pseudonym. Only asked of events about a person."""
        assert self.subject is not None  # noqa: S101
        return self.subject


def data_of(event: Event[Contract | Written]) -> bytes:
    if isinstance(event.data, Written):
        return event.data.json
    return event.data.model_dump_json(exclude_none=True).encode()


def from_cloudevent(cloud: CloudEvent) -> Event[Contract]:
    """An event of the catalogue, or `Refused` with every reason."""
    attributes = cloud.attributes
    event_type = known_type(attributes["type"])
    subject = _pseudonym(attributes.get("subject")) if event_type.personal else None
    if event_type.personal and event_type.said_by is not None:
        _provider(attributes.get("provider"))
    time = instant("time", attributes.get("time"))
    return Event(
        type=event_type,
        data=parse_data(event_type, cloud.data),
        id=_uuid(attributes["id"]),
        source=attributes["source"],
        time=time,
        recorded=instant("recordedtime", attributes["recordedtime"]) if "recordedtime" in attributes else time,
        key=attributes.get("partitionkey") or attributes.get("subject") or attributes["id"],
        subject=subject,
        **{name: attributes.get(name) for name in _OPTIONAL},
    )


def known_type(name: str) -> EventType:
    """The catalogue's entry, or a refusal that tells an unknown version from an unknown type."""
    if event_type := CATALOGUE.get(name):
        return event_type
    stem = name.rpartition(".v")[0]
    if any(known.rpartition(".v")[0] == stem for known in CATALOGUE):
        raise refused("type", "unknown-version", "This version of the event type is not known here.")
    raise refused("type", "unknown-type", "This event type is not in the catalogue.")


def parse_data(event_type: EventType, data: bytes) -> Contract:
    try:
        return event_type.data.model_validate_json(data, extra="ignore")
    except ValidationError as error:
        raise Refused(*problems_of(error, "data")) from None


def instant(field: str, value: str | None) -> datetime:
    """An RFC 3339 time with a zone."""
    try:
        parsed = datetime.fromisoformat(value or "")
    except ValueError:
        raise refused(
            field, "not-a-time" if value else "missing", "A time is RFC 3339, for example 2026-11-22T19:00:00Z."
        ) from None
    if parsed.tzinfo is None:
        raise refused(field, "time-without-zone", "A time needs a zone, for example 2026-11-22T19:00:00Z.")
    return parsed


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise refused("id", "not-a-uuid", "Our own events have a UUID.") from None


def _pseudonym(subject: str | None) -> UUID:
    try:
        return UUID(subject or "")
    except ValueError:
        raise refused(
            "subject", "not-a-pseudonym", "An event about a person has the client's pseudonym as its subject."
        ) from None


def _provider(provider: str | None) -> None:
    if not provider:
        raise refused("provider", "missing", "An event about a person names the treatment provider that they are with.")
