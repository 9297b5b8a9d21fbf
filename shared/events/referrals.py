"""What referrals says: who a client is to the others, what they agreed to, which meetings and systems there are."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.events.contract import Contract, Instant

Audience = Literal["self", "family"]
Subject = Literal["alcohol", "drug", "gambling", "other"]
Outcome = Literal["attended", "not-attended", "not-known"]
CommitmentOutcome = Literal["attended", "not-attended", "not-known", "went-to-another"]
EndingKind = Literal["engaged", "not-at-this-time", "completed-treatment", "transferred", "lost-contact", "died"]
How = Literal["in-person", "phone", "video"]


class OfReferral(Contract):
    """Everything on `fama.referrals` names its referral."""

    referral_id: UUID


class ReferralOpened(OfReferral):
    for_: Audience = Field(alias="for")
    for_what: tuple[Subject, ...]
    opened_at: Instant


class ReferralEnded(OfReferral):
    kind: EndingKind
    at: Instant


class ReferralReopened(OfReferral):
    at: Instant


class ReferralHandedOver(OfReferral):
    """The client has another keyworker, of the event's team. Who it is stays in the house."""

    at: Instant


class SessionHeld(OfReferral):
    session_id: UUID
    stage: Annotated[int, Field(ge=1, le=3)]
    held_at: Instant
    how: How | None = None


class SessionCorrected(SessionHeld):
    pass


class CommitmentMade(OfReferral):
    """A meeting the client plans to go to: one dated occurrence. `date` is the local day in `time_zone`."""

    commitment_id: UUID
    meeting_id: UUID
    date: date
    start: Instant
    end: Instant
    time_zone: str
    made_at: Instant
    accompanied: bool = False


class CommitmentWithdrawn(OfReferral):
    commitment_id: UUID
    at: Instant


class CommitmentOutcomeNoted(OfReferral):
    commitment_id: UUID
    outcome: CommitmentOutcome
    disagreement: bool
    at: Instant


class GoalProposed(OfReferral):
    goal_id: UUID
    kind: str
    due: date | None = None


class GoalAgreed(GoalProposed):
    pass


class OfGoal(OfReferral):
    goal_id: UUID
    at: Instant


class GoalAchieved(OfGoal):
    pass


class GoalNotAchieved(OfGoal):
    pass


class GoalDropped(OfGoal):
    pass


class GoalResumed(OfGoal):
    pass


class OfCompany(OfReferral):
    """Someone to go with, for one commitment; never who."""

    company_id: UUID
    commitment_id: UUID
    at: Instant


class CompanyAsked(OfCompany):
    pass


class CompanyOffered(OfCompany):
    pass


class CompanyAgreed(OfCompany):
    pass


class CompanyWent(OfCompany):
    pass


class CompanyFellThrough(OfCompany):
    """The commitment stands."""


class OpenedTo(Contract):
    """Somebody of another team has broken the glass: `sub` as in their sign-in. Until then they may see the client."""

    sub: str
    until: Instant


class ClientKnown(Contract):
    """Who a client is to the other services, consents included. `card_sha256` is hexadecimal.

    `reads_text`: false, and nobody sends them text. Left out means that they read it. `opened_to`: left out, nobody.
    `closed_to`: colleagues who are kept apart from them, by their `sub`, and see nothing whatever their team.
    """

    state: Literal["active", "erased"]
    time_zone: str
    card_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    peers: bool = False
    emitters: tuple[str, ...] = ()
    reads_text: bool | None = None
    opened_to: tuple[OpenedTo, ...] | None = None
    closed_to: tuple[str, ...] | None = None


class SystemRegistered(Contract):
    source: str
    reports_as: Literal["client", "keyworker", "peer", "emitter"]
    provider: str
    state: Literal["active", "disabled"]
