"""What the directory's routes answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.referrals.directory.choosing import Found
from services.referrals.directory.filters import Relaxed
from services.referrals.directory.handlers.finding import FoundMeetings
from services.referrals.directory.outcome import Import
from shared.meetings import ORGANISATIONS, Occurrence


class Out(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
        from_attributes=True,
        hide_input_in_errors=True,
    )


class RefusedLineOut(Out):
    """`line` counts from 1: of the file in a CSV (1 is the heading), of the list in JSON."""

    line: int
    field: str
    reason: str


class GoingOut(Out):
    """`weekday` is ISO (1 = Monday), `start` local; neither when by appointment."""

    name: str
    weekday: int | None
    start: str | None


class ReportOut(Out):
    """How many meetings are new, changed, unchanged, gone (now withdrawn), and the lines that were not taken.

    `notes` are sentences about the whole; there are none as a rule. `going`: of a held import, the first fifty that
    would be gone. `refusals`: how many lines were refused, when there are more than `refused` holds.
    """

    new: int
    changed: int
    unchanged: int
    gone: int
    refused: list[RefusedLineOut]
    refusals: int | None = None
    notes: list[str] | None = None
    going: list[GoingOut] | None = None


class ProblemOut(Out):
    field: str
    code: str
    reason: str


class AlertOut(Out):
    """`report` says what a held import would do; a broken one could not be read and has none."""

    feed: str
    format: str
    at: datetime
    by: str
    outcome: str
    problem: ProblemOut
    report: ReportOut | None

    @classmethod
    def of(cls, tried: Import) -> "AlertOut":
        return cls.model_validate(tried)


class AlertsOut(Out):
    alerts: list[AlertOut]


class OccurrenceOut(Out):
    """`date` is the local one where the meeting is, `start` and `end` are in its zone."""

    date: date
    start: datetime
    end: datetime


class FactOut(Out):
    """`code` is a kind's or another stable one, `text` is for people."""

    code: str
    text: str


class MeetingOut(Out):
    """`weekday` is ISO (1 = Monday), `start` local in `timeZone`, neither when by appointment; `length` in minutes.

    Held every week, or `everyWeeks` (2: every second, `countedFrom` a date of it), or in the `weeksOfMonth` (-1: last).

    `occurrences` are those of the period asked for; `km` is how far away it is, if that was asked.
    `facts`: what is worth knowing before choosing it; what a client could be turned away for comes first.
    """

    meeting_id: UUID
    name: str
    organisation: str
    organisation_name: str
    format: str
    place_name: str | None
    address: str | None
    finding_the_door: str | None
    latitude: float | None
    longitude: float | None
    online_link: str | None
    weekday: int | None
    start: str | None
    length: int
    time_zone: str
    every_weeks: int | None
    counted_from: date | None
    weeks_of_month: tuple[int, ...] | None
    kinds: tuple[str, ...]
    audience: str
    for_what: tuple[str, ...]
    status: str
    in_feed_on: date
    confirmed_on: date | None
    km: float | None = None
    occurrences: list[OccurrenceOut]
    facts: list[FactOut]

    @classmethod
    def of(cls, found: Found) -> "MeetingOut":
        meeting = found.meeting
        own: dict[str, Any] = {name: getattr(meeting, name) for name in cls.model_fields if hasattr(meeting, name)}
        return cls(
            **own
            | {
                "organisation_name": ORGANISATIONS[meeting.organisation].label,
                "start": meeting.start and f"{meeting.start:%H:%M}",
                "km": found.km and round(found.km, 1),
                "occurrences": _occurrences(found.occurrences),
                "facts": [FactOut.model_validate(fact) for fact in found.facts],
            }
        )


class RelaxOut(Out):
    """Without `field` (of several kinds: without this `value`), all else as asked, `finds` meetings fit."""

    field: str
    value: str | None
    finds: int

    @classmethod
    def of(cls, relaxed: Relaxed) -> "RelaxOut":
        return cls(field=relaxed.filter.field, value=relaxed.filter.value, finds=relaxed.finds)


class MeetingsOut(Out):
    """The best of those that fit: what is preferred, what is meant for this alone, the soonest; by appointment last.

    `fits`: how many there are in all. `relax`: if that is hardly any, what to leave out, the most helpful first.
    """

    meetings: list[MeetingOut]
    fits: int
    relax: list[RelaxOut]

    @classmethod
    def of(cls, found: FoundMeetings) -> "MeetingsOut":
        return cls(
            meetings=[MeetingOut.of(each) for each in found.meetings],
            fits=found.fits,
            relax=[RelaxOut.of(each) for each in found.relax],
        )


def _occurrences(dated: Sequence[Occurrence]) -> list[OccurrenceOut]:
    return [OccurrenceOut.model_validate(each) for each in dated]
