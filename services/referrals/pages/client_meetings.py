"""Where a client planned to go and went, as their page shows it: each meeting by name, and who said what of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.referrals.domain.answers import Caution
from services.referrals.domain.events import Event
from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.evidence import ShownState, lately, shown_state
from services.referrals.domain.heard import Heard, who_said_what
from services.referrals.domain.meeting_changes import WORDS, is_ahead, standing
from services.referrals.domain.pathway import Attendance, Commitment, Pathway
from services.referrals.pages import words
from services.referrals.pages.hearing_words import meeting
from shared.meetings import Meeting, occurrence_on


@dataclass(frozen=True, slots=True)
class Planned:
    """`name`: of the meeting and its organisation. `heard`: everybody's word about it.

    `differs`: what the directory says today of one that the client may still go to; empty when it is as planned.
    """

    made: Commitment
    state: ShownState
    name: str
    heard: Sequence[Heard]
    cautions: Sequence[Caution]
    differs: str


@dataclass(frozen=True, slots=True)
class Went:
    """What is known of one occurrence; `planned`: it stands among the meetings that were planned, too."""

    stands: Attendance
    time_zone: str
    name: str
    heard: Sequence[Heard]
    planned: bool


@dataclass(frozen=True, slots=True)
class Meetings:
    """The latest first. `lately`: attended in the days that the evidence counts, and all that was not planned."""

    planned: Sequence[Planned]
    lately: Sequence[Went]


def meetings_shown(
    pathway: Pathway, events: Sequence[Event], known: Mapping[UUID, Meeting], today: date, now: datetime
) -> Meetings:
    heard = who_said_what(events, pathway)
    cautions = {event.commitment_id: event.cautions for event in events if isinstance(event, CommitmentMade)}
    planned = [
        Planned(
            made,
            shown_state(made, now),
            meeting(known.get(made.meeting_id), made.organisation),
            heard.get(made.occurred, ()),
            cautions.get(made.commitment_id, ()),
            _differs(made, known.get(made.meeting_id), pathway.time_zone, now),
        )
        for made in reversed(pathway.commitments)
    ]
    there = {made.occurred for made in pathway.commitments if made.state != "withdrawn"}
    went = [
        Went(
            stands,
            known[stands.meeting_id].time_zone if stands.meeting_id in known else pathway.time_zone,
            meeting(known.get(stands.meeting_id), stands.organisation),
            heard.get(stands.occurred, ()),
            stands.occurred in there,
        )
        for stands in _to_show(pathway, today)
        if stands.outcome == "attended" or stands.occurred not in there
    ]
    return Meetings(planned, went)


def _differs(made: Commitment, listed: Meeting | None, client_in: str, now: datetime) -> str:
    if listed is None or not is_ahead(made, now):
        return ""
    match standing(made, listed):
        case "closed":
            return "It is closed for now." if listed.status == "closed-for-now" else "It is no longer on its list."
        case "not-that-day":
            return WORDS["day"]
        case "other-time" if held := occurrence_on(listed, made.date):
            return f"It is now at another time: {words.when(held.start, listed.time_zone, client_in)}."
        case _:
            return ""


def _to_show(pathway: Pathway, today: date) -> list[Attendance]:
    """Also older ones that sources disagree on: there is a flag about them."""
    counted = lately(pathway, today)
    older = [each for each in pathway.attendance if each.disagreement_since and each not in counted]
    return [*counted, *reversed(older)]
