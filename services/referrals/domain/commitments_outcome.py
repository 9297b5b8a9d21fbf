"""Which state a commitment has by what is known (3-fama, *Commitment and attendance meet in either order*)."""

from datetime import datetime

from services.referrals.domain.events import Event
from services.referrals.domain.events_commitments import CommitmentOutcomeNoted
from services.referrals.domain.pathway import Commitment, Occurred, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import CommitmentOutcome
from services.referrals.domain.when import WEEK


def outcomes_following(pathway: Pathway, at: datetime, about: Occurred | None) -> list[Event]:
    """New outcomes of the commitments that `about` may concern; of all when it is None."""
    events: list[Event] = []
    for made in pathway.commitments:
        if made.state == "withdrawn" or (about is not None and not _may_concern(about, made)):
            continue
        stands = pathway.attendance_at(made.occurred)
        outcome, disagreement = outcome_of(made, pathway), bool(stands and stands.disagreement_since)
        if (outcome, disagreement) != (made.state, made.disagreement):
            events.append(
                CommitmentOutcomeNoted(
                    at=at, commitment_id=made.commitment_id, outcome=outcome, disagreement=disagreement
                )
            )
    return events


@rule("A fact at the meeting committed to is its outcome and achieves the goal.", source="O", effect="keeps")
@rule("Went to another gives way to attended and falls back when corrected away.", source="O", effect="keeps")
def outcome_of(made: Commitment, pathway: Pathway) -> CommitmentOutcome:
    """Attended there; else attended elsewhere in the week ("went to another"); else the word about it; else planned."""
    stands = pathway.attendance_at(made.occurred)
    if stands and stands.outcome == "attended":
        return "attended"
    if went_to_another(made, pathway):
        return "went-to-another"
    return stands.outcome if stands else "planned"


@rule("Going to another meeting in the week achieves the goal and credits only that one.", source="O", effect="keeps")
@rule("Another meeting counts from the day it was made to seven days after.", source="O", effect="keeps")
@rule("Tuesday's meeting does not settle Thursday's commitment.", source="G", effect="keeps", where="Stage 2, step 3")
@rule("Who went at noon, and then plans another meeting, still plans it.", source="O", effect="keeps")
def went_to_another(made: Commitment, pathway: Pathway) -> bool:
    """A fact of *attended* at another meeting for the same `for`, from the day it was made to seven days after.

    Not one that the client had also committed to: several may stand in one week, each with its own outcome
    (stage 2, step 3), and Tuesday's must not settle Thursday's. Nor one that had begun when this was planned: who went
    at noon and plans to go again goes again. ADR 0021.
    """
    return any(
        attendance.went
        and made.made_on <= attendance.date <= made.made_on + WEEK
        and attendance.start >= made.made_at
        and not committed_to(attendance.occurred, pathway)
        for attendance in pathway.attendance
    )


def committed_to(occurred: Occurred, pathway: Pathway) -> bool:
    return any(occurred.of(made) and made.state != "withdrawn" for made in pathway.commitments)


def _may_concern(about: Occurred, made: Commitment) -> bool:
    return about.of(made) or made.made_on <= about.date <= made.made_on + WEEK
