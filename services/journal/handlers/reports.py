"""From a CloudEvent to what it reports. Whoever brings it, by HTTP or on the intake topic, it is read here."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b, sha256
from uuid import UUID

from services.journal.domain.directory import description
from services.journal.domain.reports import Report
from shared.events.catalogue import CATALOGUE
from shared.events.cloudevent import CloudEvent
from shared.events.contract import name_based_id
from shared.events.envelope import instant, known_type, parse_data
from shared.events.journal import AttendanceReported
from shared.problems import Problem, Refused, refused

TYPE = "uk.famalink.journal.attendance.reported.v1"
LONGEST_ID = 128
LONGEST_SOURCE = 512
_REPORTED = CATALOGUE[TYPE]
_SOUND_ID = re.compile(rf"[^\x00-\x1f\x7f-\x9f]{{1,{LONGEST_ID}}}")
_NO_URI = re.compile(r"[\x00-\x20\x7f-\x9f\s]")
_TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


def report_of(cloud: CloudEvent) -> Report:
    """`Refused` with everything that is wrong with it."""
    attributes = cloud.attributes
    source, event_id = attributes["source"], attributes["id"]
    if not _SOUND_ID.fullmatch(event_id) or _source_problems(source):
        raise Refused(*_id_problems(event_id), *_source_problems(source))
    if attributes["type"] != TYPE:
        known_type(attributes["type"])
        raise refused("type", "unknown-type", f"Only {TYPE} is taken here.")
    time = instant("time", attributes["time"]) if "time" in attributes else None  # optional in CloudEvents
    data = parse_data(_REPORTED, cloud.data)
    assert isinstance(data, AttendanceReported)  # noqa: S101 - the catalogue says so
    observed_at = _in_utc(data.observed_at)
    return Report(
        fact_id_of(source, event_id),
        source,
        blake2b(cloud.data, digest_size=16).digest(),
        data.client,
        None if data.card_code is None else sha256(_as_printed(data.card_code).encode()).digest(),
        data.meeting_id,
        None if data.organisation is None or data.place is None else description(data.organisation, data.place),
        data.start,
        data.outcome,
        observed_at,
        data.reported_by,
        None if data.corrects is None else fact_id_of(source, data.corrects),
        _trace(attributes.get("traceparent")),
        time,
    )


def _as_printed(card_code: str) -> str:
    """People type codes from a card: in small letters, with spaces between groups."""
    return "".join(card_code.split()).upper()


def fact_id_of(source: str, event_id: str) -> UUID:
    """The id of the fact and of the event that tells of it. A source has no space, so no two pairs share a name."""
    return name_based_id("attendance", f"{source} {event_id}")


def _id_problems(event_id: str) -> list[Problem]:
    if len(event_id) > LONGEST_ID:
        return [Problem("id", "too-long", f"An id has {LONGEST_ID} characters at most.")]
    if _SOUND_ID.fullmatch(event_id):
        return []
    return [Problem("id", "control-character", "An id holds no control characters.")]


@lru_cache(maxsize=256)
def _source_problems(source: str) -> tuple[Problem, ...]:
    if len(source) > LONGEST_SOURCE or _NO_URI.search(source):
        return (Problem("source", "not-a-uri", "A source is the URI reference that the system registered."),)
    return ()


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise refused("data.observedAt", "not-a-time", "No such time is in UTC's calendar.") from None


def _trace(traceparent: str | None) -> str | None:
    """Passed on only when it is one: it goes to Kafka, where no stranger's text may stand."""
    return traceparent if traceparent and _TRACE.fullmatch(traceparent) else None
