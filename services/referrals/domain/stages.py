"""Which stage is suggested next, and why. The keyworker may choose otherwise [G]."""

from dataclasses import dataclass
from datetime import datetime

from services.referrals.domain.pathway import Attendance, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import GoalKind, Stage

_WANTS_ANOTHER: tuple[GoalKind, ...] = ("attend-different-meeting", "compare-two-kinds")


@dataclass(frozen=True, slots=True)
class Suggestion:
    stage: Stage
    why: str


@rule("Stage 1 comes first and leads to 2.", source="G", effect="suggests", where="The three stages")
@rule(
    "A key-work appointment that was not attended is no outcome, the pathway waits and commitments stand.",
    source="O",
    effect="keeps",
)
@rule("An ended pathway suggests nothing.", source="O", effect="suggests")
def suggest_next(pathway: Pathway) -> Suggestion | None:
    """[G] 1 → 2; 2 → 3 once committed or attended; 3 → 3 while it goes on, else 3 → 2. None after an ending."""
    if pathway.state == "ended":
        return None
    match pathway.stage:
        case None if pathway.carried_over:
            return Suggestion(2, "The client's experience is known from before: stage 2 may start at once.")
        case None:
            return Suggestion(1, "No session has been recorded yet.")
        case 1:
            return Suggestion(2, "Mutual aid was introduced; next is to encourage the client to engage.")
        case 2:
            return _after_engaging(pathway)
        case 3:
            return _after_taking_an_interest(pathway)


@rule("Stage 2 leads to 3 once a commitment is made.", source="G", effect="suggests", where="The three stages")
@rule("Stage 2 leads to 3 once a meeting was attended.", source="G", effect="suggests", where="The three stages")
@rule(
    "Stage 2 ends without a commitment, and stage 2 is suggested again.",
    source="G",
    effect="suggests",
    where="The three stages",
)
def _after_engaging(pathway: Pathway) -> Suggestion:
    """[G] 2 → 3 once a commitment is made or a meeting was attended, otherwise 2 → 2."""
    since = _last_review(pathway)
    if any(attendance.went and attendance.start > since for attendance in pathway.attendance):
        return Suggestion(3, "The client went to a meeting: take an interest in how it was.")
    if any(made.state != "withdrawn" and made.made_at > since for made in pathway.commitments):
        return Suggestion(3, "The client committed to a meeting: ask how it was.")
    return Suggestion(2, "No meeting has been committed to yet.")


@rule("Stage 3 goes on while the client attends.", source="G", effect="suggests", where="The three stages")
@rule(
    "Stage 3 leads back to 2 when the meeting was not attended.",
    source="G",
    effect="suggests",
    where="The three stages",
)
@rule(
    "Stage 3 leads back to 2 when a different meeting is wanted.",
    source="G",
    effect="suggests",
    where="The three stages",
)
@rule("Stage 3 leads back to 2 while no meeting is planned or known of.", source="O", effect="suggests")
@rule("Stage 3 leads back to 2 when the meeting did not fit.", source="G", effect="suggests", where="The three stages")
def _after_taking_an_interest(pathway: Pathway) -> Suggestion:
    """[G] 3 → 2 when the meeting was not attended, did not fit, or a different one is wanted.

    [O] Nor is there anything to review while no meeting was ever planned: as after stage 2, 3 waits for one.
    """
    if (latest_session := pathway.latest_session) and latest_session.did_not_fit:
        return Suggestion(2, "The meeting did not fit: look at what else there is.")
    if any(goal.state == "agreed" and goal.kind in _WANTS_ANOTHER for goal in pathway.goals):
        return Suggestion(2, "A different meeting is wanted.")
    known = [attendance for attendance in pathway.attendance if attendance.outcome != "not-known"]
    latest: Attendance | None = max(known, key=lambda attendance: attendance.start, default=None)
    if latest and latest.outcome == "not-attended":
        return Suggestion(2, "The last meeting was not attended: go through what got in the way.")
    if latest:
        return Suggestion(3, "The client attends: take an interest, and look at taking part.")
    if not pathway.attendance and all(made.state == "withdrawn" for made in pathway.commitments):
        return Suggestion(2, "No meeting has been committed to yet.")
    return Suggestion(3, "There is no word about a meeting yet: ask how it was.")


@rule("What a stage 3 session reviewed does not lead out of stage 2 again.", source="O", effect="suggests")
def _last_review(pathway: Pathway) -> datetime:
    """What a stage 3 session has reviewed does not lead out of stage 2 again."""
    held = [session.held_at for session in pathway.sessions if session.stage == 3]
    return max(held, default=datetime.min.replace(tzinfo=pathway.opened_at.tzinfo))
