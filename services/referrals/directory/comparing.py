"""Two to four meetings side by side, as on hand-out 6b: the same facts in the same order. Pure.

What speaks for or against one of them is the client's to say: nothing is filled in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.referrals.directory.choosing import Found
from services.referrals.directory.facts import on_day
from services.referrals.directory.organisations import ORGANISATIONS, TOPICS
from shared.meetings.recurrence import in_words, is_weekly, weekday_name

_FORMATS = {"in-person": "In person", "online": "Online", "hybrid": "In person, and online at the same time"}
_AUDIENCES = {
    "self": "People with the problem themselves",
    "family": "Family and friends",
    "both": "People with the problem themselves, and family and friends",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of each meeting, in their order; None where it is not known."""

    code: str
    label: str
    values: Sequence[str | None]


def side_by_side(found: Sequence[Found]) -> list[Line]:
    own = [Line(code, label, [said(each) for each in found]) for code, (label, said) in _OWN.items()]
    told = [dict(ORGANISATIONS[each.meeting.organisation].told()) for each in found]
    return own + [Line(topic, label, [each[topic] for each in told]) for topic, label in TOPICS.items()]


def _when(found: Found) -> str | None:
    meeting = found.meeting
    if meeting.weekday is None or meeting.start is None:
        return "By appointment"
    days = f"{weekday_name(meeting.weekday)}s" if is_weekly(meeting) else in_words(meeting).capitalize()
    return f"{days}, {meeting.start:%H:%M}, {meeting.length} minutes"


def _next(found: Found) -> str | None:
    return f"{on_day(found.occurrences[0].date)}" if found.occurrences else None


def _where(found: Found) -> str | None:
    meeting = found.meeting
    said = (meeting.place_name, meeting.address)
    return ", ".join(part for part in said if part) or None


def _facts_worth_knowing(found: Found) -> str | None:
    shown_elsewhere = {found.meeting.format, "distance", "stale", "both", "by-appointment", "not-every-week"}
    return ". ".join(fact.text for fact in found.facts if fact.code not in shown_elsewhere) or None


def _confirmed(found: Found) -> str | None:
    on = found.meeting.confirmed_on
    return f"By a person on {on_day(on)}" if on else "Not yet by a person"


_OWN: Mapping[str, tuple[str, Callable[[Found], str | None]]] = {
    "organisation": ("Organisation", lambda found: ORGANISATIONS[found.meeting.organisation].label),
    "when": ("When", _when),
    "next": ("Next held on", _next),
    "format": ("How", lambda found: _FORMATS[found.meeting.format]),
    "where": ("Where", _where),
    "distance": ("How far", lambda found: None if found.km is None else f"About {max(found.km, 1):.0f} km"),
    "audience": ("For whom", lambda found: _AUDIENCES[found.meeting.audience]),
    "facts": ("Worth knowing", _facts_worth_knowing),
    "confirmed": ("Confirmed", _confirmed),
}
