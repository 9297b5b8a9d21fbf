"""Which contract events a domain event becomes when it leaves the house. Often none; never own words."""

from collections.abc import Callable
from typing import Any

from services.referrals.domain.events import Event
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.events_company import (
    CompanyAgreed,
    CompanyAsked,
    CompanyFellThrough,
    CompanyOffered,
    CompanyWent,
    OfCompany,
)
from services.referrals.domain.events_goals import (
    GoalAchieved,
    GoalAgreed,
    GoalDropped,
    GoalNotAchieved,
    GoalProposed,
    GoalResumed,
)
from services.referrals.domain.events_opening import HandedOver, ReferralEnded, ReferralOpened, ReferralReopened
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.pathway import Pathway
from shared.events import referrals as said
from shared.events.contract import Contract

_OfGoal = GoalAchieved | GoalNotAchieved | GoalDropped | GoalResumed


def publish(event: Event, pathway: Pathway) -> list[Contract]:
    """`pathway` is as it stands after everything that was decided with the event."""
    speak = _SAYINGS.get(type(event))
    contract = speak(event, pathway) if speak else None
    return [] if contract is None else [contract]


def _opened(event: ReferralOpened, _: Pathway) -> Contract:
    return said.ReferralOpened(
        referral_id=event.referral_id, for_=event.for_, for_what=event.for_what, opened_at=event.at
    )


def _ended(event: ReferralEnded, pathway: Pathway) -> Contract:
    return said.ReferralEnded(referral_id=pathway.referral_id, kind=event.kind, at=event.at)


def _reopened(event: ReferralReopened, pathway: Pathway) -> Contract:
    return said.ReferralReopened(referral_id=pathway.referral_id, at=event.at)


def _handed_over(event: HandedOver, pathway: Pathway) -> Contract:
    return said.ReferralHandedOver(referral_id=pathway.referral_id, at=event.at)


def _session(model: type[said.SessionHeld]) -> Callable[[SessionHeld, Pathway], Contract]:
    def speak(event: SessionHeld, pathway: Pathway) -> Contract:
        held = event.session
        return model(
            referral_id=pathway.referral_id,
            session_id=held.session_id,
            stage=held.stage,
            held_at=held.held_at,
            how=held.how,
        )

    return speak


def _committed(event: CommitmentMade, pathway: Pathway) -> Contract:
    return said.CommitmentMade(
        referral_id=pathway.referral_id,
        commitment_id=event.commitment_id,
        meeting_id=event.meeting_id,
        date=event.date,
        start=event.start,
        end=event.end,
        time_zone=event.time_zone,
        made_at=event.at,
        accompanied=event.accompanied,
    )


def _withdrawn(event: CommitmentWithdrawn, pathway: Pathway) -> Contract:
    return said.CommitmentWithdrawn(referral_id=pathway.referral_id, commitment_id=event.commitment_id, at=event.at)


def _outcome(event: CommitmentOutcomeNoted, pathway: Pathway) -> Contract:
    return said.CommitmentOutcomeNoted(
        referral_id=pathway.referral_id,
        commitment_id=event.commitment_id,
        # Planned again, as there is no word any more: to the others, nothing is known.
        outcome="not-known" if event.outcome == "planned" else event.outcome,
        disagreement=event.disagreement,
        at=event.at,
    )


def _goal(model: type[said.GoalProposed]) -> Callable[[GoalProposed, Pathway], Contract]:
    def speak(event: GoalProposed, pathway: Pathway) -> Contract:
        return model(referral_id=pathway.referral_id, goal_id=event.goal_id, kind=event.kind, due=event.due)

    return speak


def _of_goal(model: type[said.OfGoal]) -> Callable[[_OfGoal, Pathway], Contract]:
    def speak(event: _OfGoal, pathway: Pathway) -> Contract:
        return model(referral_id=pathway.referral_id, goal_id=event.goal_id, at=event.at)

    return speak


def _of_company(model: type[said.OfCompany]) -> Callable[[OfCompany, Pathway], Contract]:
    """That there is company, never whose: not even a pseudonym of who goes along leaves the house."""

    def speak(event: OfCompany, pathway: Pathway) -> Contract:
        of = (event.company_id, event.commitment_id)
        return model(referral_id=pathway.referral_id, company_id=of[0], commitment_id=of[1], at=event.at)

    return speak


_SAYINGS: dict[type[Event], Callable[[Any, Pathway], Contract | None]] = {
    ReferralOpened: _opened,
    ReferralEnded: _ended,
    ReferralReopened: _reopened,
    HandedOver: _handed_over,
    SessionHeld: _session(said.SessionHeld),
    SessionCorrected: _session(said.SessionCorrected),
    CommitmentMade: _committed,
    CommitmentWithdrawn: _withdrawn,
    CommitmentOutcomeNoted: _outcome,
    GoalProposed: _goal(said.GoalProposed),
    GoalAgreed: _goal(said.GoalAgreed),
    GoalAchieved: _of_goal(said.GoalAchieved),
    GoalNotAchieved: _of_goal(said.GoalNotAchieved),
    GoalDropped: _of_goal(said.GoalDropped),
    GoalResumed: _of_goal(said.GoalResumed),
    CompanyAsked: _of_company(said.CompanyAsked),
    CompanyOffered: _of_company(said.CompanyOffered),
    CompanyAgreed: _of_company(said.CompanyAgreed),
    CompanyWent: _of_company(said.CompanyWent),
    CompanyFellThrough: _of_company(said.CompanyFellThrough),
}
"""What is missing here stays in the house: consents (`client.known` says the client's), flags, attendance, pausing."""
