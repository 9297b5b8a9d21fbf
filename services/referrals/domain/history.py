"""What happened, told to a keyworker: every date is kept, own words and sources are left to their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.domain.events import Event
from services.referrals.domain.events_attendance import AttendanceNoted, WordTaken
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.events_company import OfCompany
from services.referrals.domain.events_goals import GoalProposed
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.history_words import OF_GOALS, in_a_sentence, of_goal
from services.referrals.domain.ids import GoalId
from services.referrals.domain.upcasting import NAMES
from services.referrals.domain.vocabulary import GoalKind


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
        words = of_goal(event, kinds.get(event.goal_id)) if isinstance(event, OF_GOALS) else in_a_sentence(event)
        lines.append(HistoryLine(event.at, NAMES[type(event)], words, _about(event)))
    return sorted(lines, key=lambda line: line.at)


def _told_by_another(event: Event) -> bool:
    """A word comes back as what stands of the meeting, and that is what became of it as planned: one line for it."""
    if isinstance(event, CommitmentOutcomeNoted):
        return event.outcome in ("attended", "not-attended", "not-known")
    return isinstance(event, WordTaken)


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
            return event.goal_id if isinstance(event, OF_GOALS) else None
