"""How events are named when they are kept, and how old ones become today's."""

from collections.abc import Callable, Mapping
from typing import Any

from services.referrals.domain.events import Event
from services.referrals.domain.events_attendance import AttendanceNoted, WordTaken
from services.referrals.domain.events_client import (
    CircumstancesSet,
    ClientChanged,
    RecordsConsentGiven,
    RecordsConsentWithdrawn,
)
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.events_company import (
    CompanyAgreed,
    CompanyAsked,
    CompanyDeclined,
    CompanyFellThrough,
    CompanyOffered,
    CompanyWent,
    CompanyWithdrawn,
)
from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.events_goals import (
    GoalAchieved,
    GoalAgreed,
    GoalDropped,
    GoalNotAchieved,
    GoalPaused,
    GoalProposed,
    GoalResumed,
)
from services.referrals.domain.events_opening import HandedOver, ReferralEnded, ReferralOpened, ReferralReopened
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld

EVENTS: dict[str, type[Event]] = {
    "referral-opened": ReferralOpened,
    "referral-ended": ReferralEnded,
    "referral-reopened": ReferralReopened,
    "handed-over": HandedOver,
    "records-consent-given": RecordsConsentGiven,
    "records-consent-withdrawn": RecordsConsentWithdrawn,
    "client-changed": ClientChanged,
    "circumstances-set": CircumstancesSet,
    "session-held": SessionHeld,
    "session-corrected": SessionCorrected,
    "commitment-made": CommitmentMade,
    "commitment-withdrawn": CommitmentWithdrawn,
    "commitment-outcome-noted": CommitmentOutcomeNoted,
    "attendance-noted": AttendanceNoted,
    "word-taken": WordTaken,
    "goal-proposed": GoalProposed,
    "goal-agreed": GoalAgreed,
    "goal-achieved": GoalAchieved,
    "goal-not-achieved": GoalNotAchieved,
    "goal-dropped": GoalDropped,
    "goal-paused": GoalPaused,
    "goal-resumed": GoalResumed,
    "flag-raised": FlagRaised,
    "flag-lowered": FlagLowered,
    "company-asked": CompanyAsked,
    "company-offered": CompanyOffered,
    "company-declined": CompanyDeclined,
    "company-agreed": CompanyAgreed,
    "company-went": CompanyWent,
    "company-fell-through": CompanyFellThrough,
    "company-withdrawn": CompanyWithdrawn,
}
NAMES: dict[type[Event], str] = {kind: name for name, kind in EVENTS.items()}

Data = dict[str, Any]
Step = Callable[[Data], Data]
VERSIONS: dict[str, int] = {}
"""Today's version of an event; 1 where none is given."""
STEPS: Mapping[tuple[str, int], Step] = {}
"""(name, version) -> what turns its data into that of the next version."""


def version_of(name: str) -> int:
    return VERSIONS.get(name, 1)


def upcast(name: str, version: int, data: Data, steps: Mapping[tuple[str, int], Step] = STEPS) -> Data:
    """The kept data of an event, one step after the other until none is left."""
    while step := steps.get((name, version)):
        data, version = step(data), version + 1
    return data
