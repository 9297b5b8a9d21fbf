"""What client or keyworker say of a meeting, told to journal as any emitter tells it: journal alone keeps facts."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from uuid import UUID, uuid4

from services.referrals.directory.named import Asked
from services.referrals.directory.store import listed, named
from services.referrals.domain.answers import Refusal
from services.referrals.domain.attendance import fits
from services.referrals.domain.case import Case
from services.referrals.domain.commands_attendance import TellWord
from services.referrals.domain.commitments import FOR_OTHERS
from services.referrals.domain.events_attendance import WordTaken
from services.referrals.domain.held import not_held_on
from services.referrals.domain.ids import CommitmentId, MeetingId, WordId
from services.referrals.domain.pathway import Pathway, Word
from services.referrals.domain.vocabulary import ConfirmedOn, NotAttendedReason, Outcome, Teller
from services.referrals.domain.when import in_utc
from services.referrals.domain.word import take_word
from services.referrals.handlers.pathway import visible
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.reporting import report_attendance
from services.referrals.handlers.saving import Saving
from services.referrals.store import pathways
from shared.events.journal import AttendanceReported
from shared.meetings import Meeting, occurrence_on
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import not_found, unprocessable


@dataclass(frozen=True, slots=True)
class Said:
    """`by`: whose word it is; the client's own counts most (3-fama, *Which outcome stands*). `on`, `reason`: `Word`."""

    outcome: Outcome
    by: Teller
    observed_at: datetime
    on: ConfirmedOn | None = None
    reason: NotAttendedReason | None = None


async def held_on(uow: UnitOfWork, asked: Asked, limit: int) -> list[Meeting]:
    """Where the client may have been on a day."""
    return await named.held_on(uow.connection, asked, limit)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which meeting, on which of its local days, and when it begins there."""

    meeting_id: MeetingId
    date: Day
    start: datetime


class Words:
    """422 before the meeting has begun. What it means comes back as `attendance.recorded`, in a moment."""

    def __init__(self, uow: UnitOfWork, saving: Saving, worker: Person) -> None:
        self._uow = uow
        self._saving = saving
        self._worker = worker

    async def of_commitment(self, referral_id: UUID, commitment_id: UUID, said: Said) -> Case:
        case = await visible(self._uow, referral_id, self._worker)
        made = case.pathway.commitment(CommitmentId(commitment_id))
        if made is None:
            raise not_found("There is no such meeting planned on this pathway.", "commitmentId")
        return await self._tell(case.pathway, Occasion(made.meeting_id, made.date, made.start), said)

    async def of_meeting(self, referral_id: UUID, meeting_id: UUID, date: Day, said: Said) -> Case:
        """Whether it was planned or not. 422 for a meeting that is not known, was not on that day, or is for others."""
        case = await visible(self._uow, referral_id, self._worker)
        return await self._tell(case.pathway, await self._occasion(case.pathway, meeting_id, date), said)

    async def _occasion(self, pathway: Pathway, meeting_id: UUID, date: Day) -> Occasion:
        meeting = (await listed.meetings(self._uow.connection, [meeting_id])).get(meeting_id)
        if meeting is None:
            raise unprocessable(Problem("meetingId", "unknown-meeting", "This meeting is not in the directory."))
        if not fits(meeting.audience, pathway.for_):
            raise unprocessable(Problem("meetingId", "meeting-for-others", FOR_OTHERS[pathway.for_]))
        occurrence = occurrence_on(meeting, date)
        if occurrence is None:
            raise unprocessable(Problem("date", "no-such-occurrence", not_held_on(meeting, date)))
        return Occasion(MeetingId(meeting_id), date, in_utc(occurrence.start))

    async def _tell(self, pathway: Pathway, of: Occasion, said: Said) -> Case:
        cases = await pathways.of_clients(self._uow, [pathway.client_id], lock=True)
        case = next(each for each in cases if each.pathway.referral_id == pathway.referral_id)
        word = Word(
            word_id=WordId(uuid4()),
            meeting_id=of.meeting_id,
            date=of.date,
            outcome=said.outcome,
            by=said.by,
            at=said.observed_at,
            on=said.on,
            reason=said.reason,
        )
        command = TellWord(word=word, start=of.start, recorded_at=self._uow.now)
        decided = take_word(command, [each.pathway for each in cases])
        if isinstance(decided, Refusal):
            raise refused(decided)
        case.take(decided)
        await self._saving.save(self._uow, [case], self._worker.actor)
        for taken in decided:
            if taken.word.word_id == word.word_id:
                _tell_journal(self._uow, case.pathway, of, taken)
        return case


def _tell_journal(uow: UnitOfWork, pathway: Pathway, of: Occasion, taken: WordTaken) -> None:
    """Neither what it is confirmed on nor a reason: those stay in the house."""
    word = taken.word
    report = AttendanceReported(
        client=pathway.client_id,
        meeting_id=of.meeting_id,
        start=of.start,
        outcome=word.outcome,
        observed_at=word.at,
        reported_by=word.by,
        corrects=str(taken.corrects) if taken.corrects else None,
    )
    report_attendance(uow, pathway, report, word.word_id)
