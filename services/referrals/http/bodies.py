"""What is asked of referrals, as JSON (7-running, "JSON doors"). Each body knows the command it stands for."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_camel

from services.referrals.domain.commands_client import SetCircumstances
from services.referrals.domain.commands_commitments import WithdrawCommitment
from services.referrals.domain.commands_flags import SeeFlag
from services.referrals.domain.commands_goals import GoalWanted, NoteGoalOutcome, SetGoal
from services.referrals.domain.commands_opening import EndPathway, OpenReferral
from services.referrals.domain.ids import ClientId, CommitmentId, GoalId, ReferralId
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.vocabulary import (
    ConfirmedOn,
    EndingKind,
    FlagCode,
    For,
    ForWhat,
    GoalKind,
    GoalOutcome,
    NotAttendedReason,
    Outcome,
    ReleasedFrom,
    Teller,
)
from services.referrals.handlers.clients import Consents, Corrected
from services.referrals.handlers.committing import Planned
from services.referrals.handlers.word import Said
from services.referrals.http.values import Code, Date, Name, Words
from shared.events.contract import Instant
from shared.web.identity import Person
from shared.web.problems import Forbidden

SessionIdInPath = Annotated[UUID, Path(alias="sessionId")]
GoalIdInPath = Annotated[UUID, Path(alias="goalId")]
CommitmentIdInPath = Annotated[UUID, Path(alias="commitmentId")]
NhsNumberTyped = Annotated[str, Field(max_length=20)]
"""With or without spaces."""


class Body(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", hide_input_in_errors=True, frozen=True
    )


class ReferralIn(Body):
    """`clientId`: whom a person has recognised in what is typed; `confirmNew`: they have looked, and go on."""

    nhs_number: NhsNumberTyped | None = None
    name: Name
    birth_date: Date
    for_: For = Field(alias="for")
    for_what: Annotated[tuple[ForWhat, ...], Field(max_length=4)]
    time_zone: Code
    opened_at: Instant | None = None
    confirm_new: StrictBool = False
    client_id: UUID | None = None

    def command(self, worker: Person, now: datetime) -> OpenReferral:
        return OpenReferral(
            referral_id=ReferralId(uuid4()),
            client_id=ClientId(uuid4()),
            provider=worker.provider,
            team=_team_of(worker),
            for_=self.for_,
            for_what=self.for_what,
            time_zone=self.time_zone,
            opened_at=self.opened_at or now,
            recorded_at=now,
            keyworker=worker.sub,
        )


def _team_of(worker: Person) -> str:
    """Every row about a person has a team: without one nobody but team leads would see the client again."""
    if worker.team is None:
        raise Forbidden("no-team", "Your sign-in names no team, so there is none to take this client into its care.")
    return worker.team


class IdentityIn(Body):
    nhs_number: NhsNumberTyped | None = None
    name: Name | None = None
    birth_date: Date | None = None

    def corrected(self) -> Corrected:
        return Corrected(self.name, self.birth_date, self.nhs_number)


class ConsentsIn(Body):
    """`treatmentReturn`: to be in the return on drug and alcohol treatment; left out, it stays as it is."""

    records: StrictBool
    peers: StrictBool
    emitters: Annotated[tuple[Annotated[str, Field(max_length=256)], ...], Field(max_length=50)]
    treatment_return: StrictBool | None = None

    def given(self) -> Consents:
        return Consents(self.records, self.peers, self.emitters, self.treatment_return)


class CircumstancesIn(Body):
    """All of them: what is left out is not so, or not known."""

    court_ordered: StrictBool = False
    court_set_by: Name | None = None
    release_from: ReleasedFrom | None = None
    release_on: Date | None = None
    release_area: Name | None = None
    no_phone: StrictBool = False
    safeguarding_agreed_by: Name | None = None
    safeguarding_agreed_on: Date | None = None

    def command(self, now: datetime) -> SetCircumstances:
        circumstances = Circumstances(**{name: getattr(self, name) for name in type(self).model_fields})
        return SetCircumstances(circumstances=circumstances, at=now, recorded_at=now)


class GoalOfSessionIn(Body):
    kind: GoalKind
    due: Date | None = None
    words: Words | None = None

    def wanted(self) -> GoalWanted:
        return GoalWanted(goal_id=GoalId(uuid4()), kind=self.kind, due=self.due, words=self.words)


class CommitmentIn(Body):
    """`date` is the meeting's local day; `overrideReason` how a standing safety notice was seen to."""

    meeting_id: UUID
    date: Date
    made_at: Instant | None = None
    override_reason: Words | None = None

    def planned(self, now: datetime) -> Planned:
        return Planned(self.meeting_id, self.date, self.made_at or now, self.override_reason)


class AtIn(Body):
    at: Instant | None = None


class WordIn(Body):
    """`by`: whose word it is; `on`: what a keyworker confirms it on. `observedAt`: now, unless told otherwise."""

    outcome: Outcome
    by: Teller
    on: ConfirmedOn | None = None
    reason: NotAttendedReason | None = None
    observed_at: Instant | None = None

    def said(self, now: datetime) -> Said:
        return Said(self.outcome, self.by, self.observed_at or now, self.on, self.reason)


class GoalIn(GoalOfSessionIn):
    state: Literal["proposed", "agreed"]

    def command(self, now: datetime) -> SetGoal:
        return SetGoal(goal=self.wanted(), at=now, recorded_at=now)


class GoalOutcomeIn(AtIn):
    outcome: GoalOutcome

    def command(self, goal_id: UUID, now: datetime) -> NoteGoalOutcome:
        return NoteGoalOutcome(goal_id=GoalId(goal_id), outcome=self.outcome, at=self.at or now, recorded_at=now)


class FlagSeenIn(Body):
    """A flag as the referral shows it."""

    code: FlagCode
    about: Annotated[str, Field(max_length=64)] | None = None

    def command(self, now: datetime) -> SeeFlag:
        return SeeFlag(code=self.code, about=self.about, at=now)


class EndingIn(AtIn):
    kind: EndingKind

    def command(self, now: datetime) -> EndPathway:
        return EndPathway(kind=self.kind, at=self.at or now, recorded_at=now)


def withdrawal(commitment_id: UUID, body: AtIn, now: datetime) -> WithdrawCommitment:
    return WithdrawCommitment(commitment_id=CommitmentId(commitment_id), at=body.at or now, recorded_at=now)
