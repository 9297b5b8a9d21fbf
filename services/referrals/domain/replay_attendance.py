"""The pathway with what stands about meetings."""

from services.referrals.domain.events_attendance import AttendanceNoted, WordTaken
from services.referrals.domain.pathway import Attendance, Occurred, Pathway
from services.referrals.domain.replay_changes import Changes, Steps


def _attendance_noted(pathway: Pathway, event: AttendanceNoted) -> Changes:
    before = pathway.attendance_at(Occurred(event.meeting_id, event.date))
    since = before.disagreement_since if before else None
    stands = Attendance(
        meeting_id=event.meeting_id,
        date=event.date,
        start=event.start,
        outcome=event.outcome,
        decided_by=event.decided_by,
        observed_at=event.at,
        disagreement_since=(since or event.recorded_at) if event.disagreement else None,
        credited=event.credited,
        organisation=event.organisation,
        fact_ids=(*(before.fact_ids if before else ()), event.fact_id),
    )
    if before is None:
        return {"attendance": (*pathway.attendance, stands)}
    return {"attendance": tuple(stands if a is before else a for a in pathway.attendance)}


def _word_taken(pathway: Pathway, event: WordTaken) -> Changes:
    told = event.word
    others = [word for word in pathway.words if (word.occurred, word.by) != (told.occurred, told.by)]
    return {"words": (*others, told)}


STEPS: Steps = {
    AttendanceNoted: _attendance_noted,
    WordTaken: _word_taken,
}
