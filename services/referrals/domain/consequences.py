"""What follows by itself from a change, so that it does not matter in which order things were learned."""

from datetime import datetime

from services.referrals.domain.commitments_outcome import outcomes_following
from services.referrals.domain.company_consequences import company_settled
from services.referrals.domain.events import Event
from services.referrals.domain.events_commitments import CommitmentWithdrawn
from services.referrals.domain.events_goals import GoalDropped, GoalPaused
from services.referrals.domain.goals_by_attendance import goals_achieved, goals_resumed
from services.referrals.domain.meeting_changes import flags_settled
from services.referrals.domain.pathway import Occurred, Pathway
from services.referrals.domain.replay import evolve, replay
from services.referrals.domain.rules import rule


def with_consequences(pathway: Pathway, events: list[Event]) -> list[Event]:
    """The events and what follows from them."""
    return settled(pathway, events)[0]


def settled(pathway: Pathway, events: list[Event], about: Occurred | None = None) -> tuple[list[Event], Pathway]:
    """The same, with the pathway as it then is. `about`: only this occurrence has changed."""
    pathway = replay(events, pathway)
    at = events[0].at
    for following in _FOLLOWING:
        further = following(pathway, at, about)
        for event in further:
            pathway = evolve(pathway, event)
        events = events + further
    return events, pathway


@rule("An ending stops what is planned and agreed and leaves the rest.", source="O", effect="keeps")
@rule("What begins as the pathway ends is still to come.", source="O", effect="keeps")
def stopped_by_ending(pathway: Pathway, _: datetime, __: Occurred | None) -> list[Event]:
    """When a pathway ends, what is still to come is withdrawn; agreed goals rest (not at this time) or are dropped."""
    ended_at = pathway.ended_at
    if ended_at is None:
        return []
    resting = pathway.ending == "not-at-this-time"
    return [
        *(
            CommitmentWithdrawn(at=ended_at, commitment_id=made.commitment_id, because="ending")
            for made in pathway.commitments
            if made.state == "planned" and made.start >= ended_at
        ),
        *(
            GoalPaused(at=ended_at, goal_id=goal.goal_id)
            if resting
            else GoalDropped(at=ended_at, goal_id=goal.goal_id, because="ending")
            for goal in pathway.goals
            if goal.state == "agreed"
        ),
    ]


_FOLLOWING = (outcomes_following, goals_resumed, goals_achieved, stopped_by_ending, flags_settled, company_settled)
