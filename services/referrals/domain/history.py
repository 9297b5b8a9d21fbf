"""What happened, told to a keyworker: every date is kept, own words and sources are left to their places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.domain.events import Event
from services.referrals.domain.events_attendance import AttendanceNoted, WordTaken
from services.referrals.domain.events_client import ClientChanged
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.events_company import OfCompany
from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.events_goals import (
    GoalAchieved,
    GoalDropped,
    GoalNotAchieved,
    GoalPaused,
    GoalProposed,
    GoalResumed,
)
from services.referrals.domain.events_opening import HandedOver, ReferralEnded
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.ids import GoalId
from services.referrals.domain.kinds_of_group import called
from services.referrals.domain.pathway import Session
from services.referrals.domain.upcasting import NAMES
from services.referrals.domain.vocabulary import GoalKind

_OF_GOALS = (
    GoalProposed,
    GoalAchieved,
    GoalNotAchieved,
    GoalDropped,
    GoalPaused,
    GoalResumed,
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`what` is the event's name, `about` the session, commitment, goal or meeting that it is about."""

    at: datetime
    what: str
    words: str
    about: UUID | None = None


def history(events: Iterable[Event]) -> list[HistoryLine]:
    """In the order in which things happened, which is not the one in which they were learned."""
    kinds: dict[GoalId, GoalKind] = {}
    lines = []
    for event in events:
        if isinstance(event, GoalProposed):
            kinds[event.goal_id] = event.kind
        if _told_by_another(event):
            continue
        words = _words_of_goal(event, kinds) or _words(event)
        lines.append(HistoryLine(event.at, NAMES[type(event)], words, _about(event)))
    return sorted(lines, key=lambda line: line.at)


def _told_by_another(event: Event) -> bool:
    """A word comes back as what stands of the meeting, and that is what became of it as planned: one line for it."""
    if isinstance(event, CommitmentOutcomeNoted):
        return event.outcome in ("attended", "not-attended", "not-known")
    return isinstance(event, WordTaken)


def _words_of_goal(event: Event, kinds: Mapping[GoalId, GoalKind]) -> str | None:
    """With what it is; none where the beginning of the story is not told, and for all that is no goal."""
    if not isinstance(event, _OF_GOALS) or (kind := kinds.get(event.goal_id)) is None:
        return None
    ending = isinstance(event, GoalDropped) and event.because == "ending"
    return f"{_named(event)}: {_plain(kind)}{', as the pathway ended' if ending else ''}"


def _words(event: Event) -> str:
    match event:
        case SessionHeld(session=session):
            words = f"Stage {session.stage} session held{_noted(session)}"
        case SessionCorrected(session=session):
            words = f"Record of the stage {session.stage} session corrected"
        case ReferralEnded(kind=kind):
            words = f"Ended: {_plain(kind)}"
        case ClientChanged(what=what):
            words = f"The client's {what} changed"
        case CommitmentMade(date=date, organisation=organisation):
            words = f"Plans to go to a {_meeting(organisation)} on {date.day} {date:%B %Y}"
        case CommitmentWithdrawn(because="ending"):
            words = "Meeting no longer planned, as the pathway ended"
        case CommitmentOutcomeNoted(outcome="planned"):
            words = "No word about the planned meeting any more"
        case CommitmentOutcomeNoted(outcome=outcome):
            words = f"Planned meeting: {_plain(outcome)}"
        case AttendanceNoted(outcome=outcome, date=date, organisation=organisation, said=reported):
            words = f"The {_meeting(organisation)} on {date.day} {date:%B %Y}: {_plain(outcome)}"
            words += f"; somebody else reported: {_plain(reported)}" if reported not in (None, outcome) else ""
        case GoalDropped(because="ending"):
            words = "Goal dropped, as the pathway ended"
        case FlagRaised(code=code) | FlagLowered(code=code):
            words = f"{_plain(NAMES[type(event)]).capitalize()}: {_plain(code)}"
        case _:
            words = _words_of_care(event)
    return words


def _words_of_care(event: Event) -> str:
    if isinstance(event, HandedOver):
        return f"Handed over to another {'keyworker' if event.team == event.team_before else 'team'}"
    return _named(event)


def _about(event: Event) -> UUID | None:
    match event:
        case SessionHeld(session=session) | SessionCorrected(session=session):
            return session.session_id
        case CommitmentMade() | CommitmentWithdrawn() | CommitmentOutcomeNoted():
            return event.commitment_id
        case OfCompany():
            return event.commitment_id
        case AttendanceNoted():
            return event.meeting_id
        case _:
            return event.goal_id if isinstance(event, _OF_GOALS) else None


def _noted(session: Session) -> str:
    """Beside its date and stage, in a few words: which hand-outs, and a lapse."""
    numbers = sorted({handout.number for handout in session.handouts})
    told = [f"hand-outs {', '.join(map(str, numbers))}"] if numbers else []
    if session.lapse_on:
        told.append(f"a lapse on {session.lapse_on.day} {session.lapse_on:%B %Y}")
    return "".join(f", {each}" for each in told)


def _meeting(organisation: str | None) -> str:
    return f"meeting of {called(organisation)}" if organisation else "meeting"


def _named(event: Event) -> str:
    name = _plain(NAMES[type(event)])
    if isinstance(event, OfCompany):
        return f"Someone to go with: {name.removeprefix('company ')}"
    return name.capitalize()


def _plain(code: str) -> str:
    return code.replace("-", " ")
