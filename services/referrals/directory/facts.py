"""What is worth knowing of a meeting before choosing it, in words: never a score (3-fama, *Choosing a meeting* [O]).

What a client could be turned away for comes first, then how to get there, then what it is like, last how sure it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from services.referrals.directory.ranking import is_stale
from shared.meetings import Meeting, Occurrence, occurrences
from shared.meetings.kinds import KINDS
from shared.meetings.languages import language_of
from shared.meetings.recurrence import in_words, is_weekly, longest_pause
from shared.meetings.weeks_noted import weeks_noted
from shared.meetings.zones import zone
from shared.rules import rule

SOON = timedelta(hours=12)
"""[O] Within them the time left is said."""
_HOURS_FROM = 90
"""Minutes: below them hours would be too coarse to get ready by."""
_WHO = ("women", "men", "young-people", "older-people", "lgbtq", "profession", "culture", "co-occurring")
_ENTRY = ("restricted-entry", "children-welcome", "no-children", "childcare")
_ACCESS = ("wheelchair", "sign-language", "visually-impaired", "outdoor")
_WORDS: Mapping[str, str] = KINDS | {
    "closed": "Closed: only for people who have the problem themselves",
    "newcomer": "Newcomers are welcome",
}
_FIRST = ("newcomer", *_ACCESS, *_ENTRY)
_OTHERS = (*_FIRST, *(kind for kind in KINDS if kind not in {*_FIRST, *_WHO, "closed"}))
_STATUS = {"closed-for-now": "Closed for now", "withdrawn": "No longer listed"}
_FORMAT = {"online": "Held online", "hybrid": "In person, and online at the same time"}


@dataclass(frozen=True, slots=True)
class Fact:
    """`code` is stable: a kind's, or one of ours; `text` is for people."""

    code: str
    text: str


def on_day(day: date) -> str:
    """In words: 3 November 2026."""
    return f"{day.day} {day:%B %Y}"


@rule("A fact is said in words.", source="O", effect="keeps")
@rule("What one could be turned away for comes first, and how sure it is last.", source="O", effect="keeps")
def facts(meeting: Meeting, dated: Sequence[Occurrence], km: float | None, now: datetime) -> list[Fact]:
    """`dated`: when it is held, the next one first."""
    return [
        *_who_may_come(meeting),
        *_when_and_where(meeting, dated, km, now),
        *_of_kinds(meeting, _OTHERS),
        *_how_sure(meeting, now.date()),
    ]


def _who_may_come(meeting: Meeting) -> Iterator[Fact]:
    if meeting.status in _STATUS:
        yield Fact(meeting.status, _STATUS[meeting.status])
    if "closed" in meeting.kinds:
        family = meeting.audience == "family"
        yield Fact("closed", "Closed: only for family and friends" if family else _WORDS["closed"])
    if meeting.audience == "both":
        yield Fact("both", "For people with the problem, and for family and friends")
    yield from _of_kinds(meeting, _WHO)
    for kind in meeting.kinds:
        if language := language_of(kind):
            yield Fact(kind, f"Held in {language}")


def _when_and_where(meeting: Meeting, dated: Sequence[Occurrence], km: float | None, now: datetime) -> Iterator[Fact]:
    if meeting.by_appointment:
        yield Fact("by-appointment", "By appointment: ring first")
    if not is_weekly(meeting):
        yield Fact("not-every-week", f"Not every week: {in_words(meeting)}{_next(meeting, dated, now)}")
    if noted := weeks_noted(meeting):
        yield Fact("weeks-noted", f"Its list speaks of certain weeks: “{noted}”")
    if dated and timedelta(0) <= (left := dated[0].start.astimezone(UTC) - now) <= SOON:
        yield Fact("soon", f"Begins in {_left(left)}")
    if meeting.format in _FORMAT:
        yield Fact(meeting.format, _FORMAT[meeting.format])
    if km is not None:
        yield Fact("distance", f"About {km:.0f} km away" if km >= 1 else "Less than 1 km away")


def _of_kinds(meeting: Meeting, kinds: Sequence[str]) -> list[Fact]:
    return [Fact(kind, _WORDS[kind]) for kind in kinds if kind in meeting.kinds]


def _how_sure(meeting: Meeting, today: date) -> Iterator[Fact]:
    if meeting.confirmed_on is None:
        yield Fact("stale", "Never confirmed by a person")
    elif is_stale(meeting.confirmed_on, today):
        confirmed = meeting.confirmed_on
        yield Fact("stale", f"Not confirmed by a person since {on_day(confirmed)}")


def _next(meeting: Meeting, dated: Sequence[Occurrence], now: datetime) -> str:
    """When it is next held, if that is later than what is looked at."""
    if dated:
        return ""
    today = now.astimezone(zone(meeting.time_zone)).date()
    coming = occurrences(meeting, today, today + timedelta(weeks=2 * longest_pause(meeting)))
    after = next((each.date for each in coming if each.start.astimezone(UTC) >= now), None)
    return f", next on {after.day} {after:%B %Y}" if after else ""


def _left(left: timedelta) -> str:
    minutes = int(left.total_seconds()) // 60
    number, unit = (minutes, "minute") if minutes < _HOURS_FROM else (minutes // 60, "hour")
    return f"{number} {unit}{'' if number == 1 else 's'}"
