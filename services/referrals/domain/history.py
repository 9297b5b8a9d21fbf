"""What happened, told to a keyworker: every date is kept, own words and sources are left to their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.domain import events as said
from services.referrals.domain import events_company as with_whom
from services.referrals.domain.events import Event
from services.referrals.domain.upcasting import NAMES


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`what` is the event's name, `about` the session, commitment, goal or meeting that it is about."""

    at: datetime
    what: str
    words: str
    about: UUID | None = None


def history(events: Iterable[Event]) -> list[HistoryLine]:
    """In the order in which things happened, which is not the one in which they were learned."""
    lines = [HistoryLine(event.at, NAMES[type(event)], _words(event), _about(event)) for event in events]
    return sorted(lines, key=lambda line: line.at)


def _words(event: Event) -> str:
    match event:
        case said.SessionHeld(session=session):
            words = f"Stage {session.stage} session held"
        case said.SessionCorrected(session=session):
            words = f"Record of the stage {session.stage} session corrected"
        case said.ReferralEnded(kind=kind):
            words = f"Ended: {_plain(kind)}"
        case said.ClientChanged(what=what):
            words = f"The client's {what} changed"
        case said.CommitmentMade(date=date):
            words = f"Plans to go to a meeting on {date.day} {date:%B %Y}"
        case said.CommitmentWithdrawn(because="ending"):
            words = "Meeting no longer planned, as the pathway ended"
        case said.CommitmentOutcomeNoted(outcome="planned"):
            words = "No word about the planned meeting any more"
        case said.CommitmentOutcomeNoted(outcome=outcome):
            words = f"Planned meeting: {_plain(outcome)}"
        case said.AttendanceNoted(outcome=outcome, date=date):
            words = f"Meeting on {date.day} {date:%B %Y}: {_plain(outcome)}"
        case said.GoalDropped(because="ending"):
            words = "Goal dropped, as the pathway ended"
        case said.FlagRaised(code=code) | said.FlagLowered(code=code):
            words = f"{_plain(NAMES[type(event)]).capitalize()}: {_plain(code)}"
        case _:
            words = _words_of_care(event)
    return words


def _words_of_care(event: Event) -> str:
    if isinstance(event, said.HandedOver):
        return f"Handed over to another {'keyworker' if event.team == event.team_before else 'team'}"
    return _named(event)


def _about(event: Event) -> UUID | None:
    match event:
        case said.SessionHeld(session=session) | said.SessionCorrected(session=session):
            return session.session_id
        case said.CommitmentMade() | said.CommitmentWithdrawn() | said.CommitmentOutcomeNoted():
            return event.commitment_id
        case with_whom.OfCompany():
            return event.commitment_id
        case said.AttendanceNoted():
            return event.meeting_id
        case (
            said.GoalProposed()
            | said.GoalAchieved()
            | said.GoalNotAchieved()
            | said.GoalDropped()
            | said.GoalPaused()
            | said.GoalResumed()
        ):
            return event.goal_id
        case _:
            return None


def _named(event: Event) -> str:
    name = _plain(NAMES[type(event)])
    if isinstance(event, with_whom.OfCompany):
        return f"Someone to go with: {name.removeprefix('company ')}"
    return name.capitalize()


def _plain(code: str) -> str:
    return code.replace("-", " ")
