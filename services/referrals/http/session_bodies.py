"""A session as it is asked for in JSON: only its date and stage are required."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt

from services.referrals.domain.commands_sessions import HandoutNoted, HoldSession
from services.referrals.domain.ids import MeetingId, SessionId
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Explained, Needs, TakingPart
from services.referrals.domain.vocabulary import (
    BarrierKind,
    Concern,
    DidNotFitReason,
    ExperienceLevel,
    HandoutState,
    How,
    HowExplained,
    OnwardReferral,
    Risk,
    Role,
    Topic,
    Way,
)
from services.referrals.http.bodies import Body, GoalOfSessionIn
from services.referrals.http.values import Code, Date, Name, Stage, Words
from shared.events.contract import Instant


class HandoutIn(Body):
    number: StrictInt
    state: HandoutState
    date: Date | None = None
    format: Code | None = None
    language: Code | None = None

    def noted(self) -> HandoutNoted:
        return HandoutNoted(
            number=self.number, state=self.state, date=self.date, format=self.format, language=self.language
        )


class ExperienceIn(Body):
    organisation: Code
    level: ExperienceLevel
    perceptions: Words | None = None
    concerns: Annotated[tuple[Concern, ...], Field(max_length=40)] = ()

    def experience(self) -> Experience:
        return Experience(
            organisation=self.organisation,
            level=self.level,
            perceptions=self.perceptions,
            concerns=tuple(dict.fromkeys(self.concerns)),
        )


class NeedsIn(Body):
    """Given at all: asked. What is left out is not needed."""

    reading_together: StrictBool = False
    large_print: StrictBool = False
    other_format: Name | None = None
    language: Code | None = None
    interpreter: StrictBool = False
    unread_text: StrictBool = False
    onward_referral: OnwardReferral | None = None

    def needs(self) -> Needs:
        return Needs(**{name: getattr(self, name) for name in type(self).model_fields})


class ExplainedIn(Body):
    topic: Topic
    how: HowExplained

    def explained(self) -> Explained:
        return Explained(topic=self.topic, how=self.how)


class TakingPartIn(Body):
    organisation: Code
    way: Way | None = None
    words: Words | None = None

    def taking_part(self) -> TakingPart:
        return TakingPart(organisation=self.organisation, way=self.way, words=self.words)


class DidNotFitIn(Body):
    """Without `meetingId` it is about all of the organisation's meetings."""

    organisation: Code
    reasons: Annotated[tuple[DidNotFitReason, ...], Field(min_length=1, max_length=20)]
    meeting_id: UUID | None = None

    def did_not_fit(self) -> DidNotFit:
        meeting_id = MeetingId(self.meeting_id) if self.meeting_id else None
        reasons = tuple(dict.fromkeys(self.reasons))
        return DidNotFit(organisation=self.organisation, reasons=reasons, meeting_id=meeting_id)


class BarrierIn(Body):
    """`takenUp` is left out while it is not known."""

    kind: BarrierKind
    where: Name
    on: Date
    taken_up: StrictBool | None = None

    def barrier(self) -> Barrier:
        return Barrier(kind=self.kind, where=self.where, on=self.on, taken_up=self.taken_up)


class SessionIn(Body):
    stage: Stage
    held_at: Instant
    how: How | None = None
    present: Annotated[tuple[Role, ...], Field(max_length=10)] = ()
    handouts: Annotated[tuple[HandoutIn, ...], Field(max_length=100)] = ()
    experience: Annotated[tuple[ExperienceIn, ...], Field(max_length=30)] = ()
    concerns: Annotated[tuple[Concern, ...], Field(max_length=40)] = ()
    goals: Annotated[tuple[GoalOfSessionIn, ...], Field(max_length=20)] = ()
    needs: NeedsIn | None = None
    explained: Annotated[tuple[ExplainedIn, ...], Field(max_length=20)] = ()
    taking_part: Annotated[tuple[TakingPartIn, ...], Field(max_length=30)] = ()
    did_not_fit: Annotated[tuple[DidNotFitIn, ...], Field(max_length=30)] = ()
    risks: Annotated[tuple[Risk, ...], Field(max_length=10)] = ()
    lapse_on: Date | None = None
    barriers: Annotated[tuple[BarrierIn, ...], Field(max_length=20)] = ()
    preferred_organisation: Code | None = None

    def command(self, session_id: UUID, now: datetime) -> HoldSession:
        return HoldSession(
            session_id=SessionId(session_id),
            stage=self.stage,
            held_at=self.held_at,
            recorded_at=now,
            how=self.how,
            present=self.present,
            handouts=tuple(handout.noted() for handout in self.handouts),
            experience=tuple(item.experience() for item in self.experience),
            concerns=self.concerns,
            goals=tuple(goal.wanted() for goal in self.goals),
            needs=self.needs.needs() if self.needs else None,
            explained=tuple(item.explained() for item in self.explained),
            taking_part=tuple(item.taking_part() for item in self.taking_part),
            did_not_fit=tuple(item.did_not_fit() for item in self.did_not_fit),
            risks=self.risks,
            lapse_on=self.lapse_on,
            barriers=tuple(item.barrier() for item in self.barriers),
            preferred_organisation=self.preferred_organisation,
        )
