"""How events are named when they are kept, and how old ones become today's."""

from collections.abc import Callable, Mapping
from typing import Any

from services.referrals.domain import events, events_company
from services.referrals.domain.events import Event

EVENTS: dict[str, type[Event]] = {
    "referral-opened": events.ReferralOpened,
    "referral-ended": events.ReferralEnded,
    "referral-reopened": events.ReferralReopened,
    "handed-over": events.HandedOver,
    "records-consent-given": events.RecordsConsentGiven,
    "records-consent-withdrawn": events.RecordsConsentWithdrawn,
    "client-changed": events.ClientChanged,
    "circumstances-set": events.CircumstancesSet,
    "session-held": events.SessionHeld,
    "session-corrected": events.SessionCorrected,
    "commitment-made": events.CommitmentMade,
    "commitment-withdrawn": events.CommitmentWithdrawn,
    "commitment-outcome-noted": events.CommitmentOutcomeNoted,
    "attendance-noted": events.AttendanceNoted,
    "word-taken": events.WordTaken,
    "goal-proposed": events.GoalProposed,
    "goal-agreed": events.GoalAgreed,
    "goal-achieved": events.GoalAchieved,
    "goal-not-achieved": events.GoalNotAchieved,
    "goal-dropped": events.GoalDropped,
    "goal-paused": events.GoalPaused,
    "goal-resumed": events.GoalResumed,
    "flag-raised": events.FlagRaised,
    "flag-lowered": events.FlagLowered,
    "company-asked": events_company.CompanyAsked,
    "company-offered": events_company.CompanyOffered,
    "company-declined": events_company.CompanyDeclined,
    "company-agreed": events_company.CompanyAgreed,
    "company-went": events_company.CompanyWent,
    "company-fell-through": events_company.CompanyFellThrough,
    "company-withdrawn": events_company.CompanyWithdrawn,
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
