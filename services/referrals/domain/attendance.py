"""What a fact about attendance means for a pathway. Which outcome stands is journal's to say."""

from services.referrals.domain.commands_attendance import StandingFact
from services.referrals.domain.consequences import settled
from services.referrals.domain.events import Event
from services.referrals.domain.events_attendance import AttendanceNoted
from services.referrals.domain.pathway import Attendance, Occurred, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import Audience, For
from services.referrals.domain.when import in_utc


@rule(
    "A meeting for family and friends means nothing to a pathway of one's own.",
    source="O",
    effect="keeps",
    because="privacy",
)
def fits(audience: Audience, for_: For) -> bool:
    """An Al-Anon meeting achieves no goal of `self`, and a family pathway implies no own use."""
    return audience in ("both", for_)


@rule(
    "A commitment and facts about three meetings end alike in whatever order they are told.", source="O", effect="keeps"
)
@rule("A fact told twice says nothing the second time.", source="O", effect="keeps")
def note_attendance(pathway: Pathway, fact: StandingFact) -> list[Event]:
    """Noted once, whatever the order; nothing when it was seen before or the meeting is for others."""
    return take_attendance(pathway, fact)[0]


def take_attendance(pathway: Pathway, fact: StandingFact) -> tuple[list[Event], Pathway]:
    """The same with the pathway as it then is: a stream of facts need not be evolved twice."""
    if not fits(fact.audience, pathway.for_):
        return [], pathway
    noted = _noted(pathway, fact)
    if noted is None:
        return [], pathway
    return settled(pathway, [noted], Occurred(noted.meeting_id, noted.date))


@rule("What happened before the ending is still taken after it.", source="O", effect="keeps")
@rule("What happened after the ending changes nothing until it is reopened.", source="O", effect="keeps")
def _noted(pathway: Pathway, fact: StandingFact) -> AttendanceNoted | None:
    occurred = Occurred(fact.meeting_id, fact.date)
    before = pathway.attendance_at(occurred)
    if before and fact.fact_id in before.fact_ids:
        return None
    start = in_utc(fact.start)
    stands = before if before and _changes_nothing(fact, before) else None
    return AttendanceNoted(
        at=in_utc(fact.observed_at),
        fact_id=fact.fact_id,
        meeting_id=fact.meeting_id,
        date=fact.date,
        start=start,
        outcome=stands.outcome if stands else fact.outcome,
        decided_by=stands.decided_by if stands else fact.decided_by,
        disagreement=stands.disagreement_since is not None if stands else fact.disagreement,
        recorded_at=in_utc(fact.recorded_at),
        credited=pathway.before_ending(start) or bool(before and before.credited),
        corrects=fact.corrects,
        organisation=fact.organisation,
        said=fact.said,
        said_by=fact.said_by,
    )


@rule("Not known changes nothing unless it is a correction.", source="O", effect="keeps")
def _changes_nothing(fact: StandingFact, before: Attendance) -> bool:
    """*Not known* changes nothing, except as a correction: known comes before not known."""
    return fact.outcome == "not-known" and before.outcome != "not-known" and fact.corrects is None
