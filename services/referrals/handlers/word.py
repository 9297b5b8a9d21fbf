"""What client or keyworker say of a meeting, told to journal as any emitter tells it: journal alone keeps facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from services.referrals.domain.ids import CommitmentId
from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.domain.vocabulary import Outcome
from services.referrals.domain.when import in_utc, untimely
from services.referrals.handlers.refusals import refused
from shared.events.catalogue import type_of
from shared.events.envelope import Event
from shared.events.journal import AttendanceReported
from shared.events.referrals import SystemRegistered
from shared.events.saying import impersonal
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.problems import not_found, unprocessable

EARLY = timedelta(hours=1)
"""As journal has it: who is there to help set up has come."""


@dataclass(frozen=True, slots=True)
class Word:
    """`by`: whose word it is; the client's own counts most (3-fama, *Which outcome stands*)."""

    commitment_id: UUID
    outcome: Outcome
    by: Literal["client", "keyworker"]
    observed_at: datetime


def tell_journal(uow: UnitOfWork, pathway: Pathway, word: Word) -> None:
    """422 before the meeting has begun. What it means comes back as `attendance.recorded`, in a moment."""
    made = pathway.commitment(CommitmentId(word.commitment_id))
    if made is None:
        raise not_found("There is no such meeting planned on this pathway.", "commitmentId")
    if refusal := untimely(word.observed_at, uow.now, "observedAt"):
        raise refused(refusal)
    if in_utc(word.observed_at) < made.start - EARLY:
        raise unprocessable(Problem("outcome", "not-begun", "This meeting has not begun yet."))
    source = f"/famalink/referrals/{pathway.provider}"
    # Said each time: it is the whole state, and journal keeps a word until it has heard of its source.
    ours = SystemRegistered(source=source, reports_as="client", provider=pathway.provider, state="active")
    uow.say(impersonal(uow.service, ours, key=source, time=uow.now, recorded=uow.now))
    uow.say(_reported(uow, pathway, made, word, source))


def _reported(
    uow: UnitOfWork, pathway: Pathway, made: Commitment, word: Word, source: str
) -> Event[AttendanceReported]:
    return Event(
        type=type_of(AttendanceReported, None),
        data=AttendanceReported(
            client=pathway.client_id,
            meeting_id=made.meeting_id,
            start=made.start,
            outcome=word.outcome,
            observed_at=word.observed_at,
            reported_by=word.by,
        ),
        id=uuid4(),
        source=source,
        time=word.observed_at,
        recorded=uow.now,
        key=str(pathway.client_id),
        subject=pathway.client_id,
        provider=pathway.provider,
        team=pathway.team,
    )
