"""Meetings that the client plans to go to: dated occurrences, several in one week, each with its own outcome."""

from datetime import date as Day

from services.referrals.domain.answers import Refusal
from services.referrals.domain.attendance import fits
from services.referrals.domain.commands_commitments import CommitToMeeting, WithdrawCommitment
from services.referrals.domain.commands_goals import GoalWanted
from services.referrals.domain.commitment_cautions import commitment_cautions
from services.referrals.domain.commitments_outcome import committed_to
from services.referrals.domain.company_consequences import company_settled
from services.referrals.domain.consequences import with_consequences
from services.referrals.domain.events import Event
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentWithdrawn
from services.referrals.domain.goals import agreed
from services.referrals.domain.ids import GoalId
from services.referrals.domain.meeting_changes import flags_settled
from services.referrals.domain.pathway import Goal, Occurred, Pathway
from services.referrals.domain.replay import evolve
from services.referrals.domain.rules import rule
from services.referrals.domain.safety import notice_overridden_without_reason
from services.referrals.domain.when import WEEK, in_utc, local_day, untimely
from services.referrals.domain.young import adult_meeting_refused


@rule("A commitment without an open goal agrees one, due seven days after it was made.", source="O", effect="keeps")
@rule("Several may stand in one week and serve one goal.", source="G", effect="keeps", where="Stage 2, step 3")
@rule("A commitment may be told of after the meeting was attended.", source="O", effect="keeps")
def commit_to_meeting(pathway: Pathway, command: CommitToMeeting) -> list[Event] | Refusal:
    """Stage 2, step 3 [G]: by the end the client should be ready to commit to a dated meeting in the coming week.

    Already possible in stage 1. Without an open attend-meeting goal it agrees one, due seven days after it was made.
    """
    if refusal := _refused(pathway, command):
        return refusal
    made_on = local_day(command.made_at, pathway.time_zone)
    goal = _serving(pathway, command.date, made_on)
    goal_id = goal.goal_id if goal else _proposed(pathway, command.goal_id)
    made = CommitmentMade(
        at=in_utc(command.made_at),
        commanded=True,
        commitment_id=command.commitment_id,
        goal_id=goal_id,
        meeting_id=command.meeting_id,
        date=command.date,
        start=in_utc(command.start),
        end=in_utc(command.end),
        time_zone=command.time_zone,
        made_on=made_on,
        accompanied=command.accompanied,
        organisation=command.organisation,
        cautions=commitment_cautions(pathway, command, made_on),
        override_reason=command.override_reason,
    )
    wanted = GoalWanted(goal_id=goal_id, kind="attend-meeting", due=made_on + WEEK)
    agreeing = [] if goal else [agreed(pathway, wanted, command.made_at)]
    return with_consequences(pathway, [made, *agreeing])


@rule(
    "Withdrawing leaves the goal, and only what is planned can be withdrawn.",
    source="sense",
    effect="refuses",
    codes=("unknown-commitment", "already-withdrawn", "already-has-outcome", "before-it-was-made"),
)
@rule("Going all the same achieves the goal and leaves the withdrawal.", source="O", effect="keeps")
def withdraw_commitment(pathway: Pathway, command: WithdrawCommitment) -> list[Event] | Refusal:
    """The client decides. Only what is still planned can be withdrawn; the goal it served stays."""
    made = pathway.commitment(command.commitment_id)
    if made is None:
        return Refusal("unknown-commitment", "There is no such commitment on this pathway.")
    if refusal := untimely(command.at, command.recorded_at, "at"):
        return refusal
    if made.state == "withdrawn":
        return Refusal("already-withdrawn", "This commitment was withdrawn before.")
    if made.state != "planned":
        return Refusal("already-has-outcome", f"There is word about this meeting already: {made.state}.")
    if in_utc(command.at) < made.made_at:
        return Refusal("before-it-was-made", "This is before the commitment was made.", "at")
    at = in_utc(command.at)
    withdrawn = CommitmentWithdrawn(at=at, commanded=True, commitment_id=made.commitment_id, because="said")
    after = evolve(pathway, withdrawn)
    return [withdrawn, *flags_settled(after, at), *company_settled(after, at)]


@rule(
    "After the ending only what was before it can be said.", source="sense", effect="refuses", codes=("pathway-ended",)
)
@rule(
    "A meeting for others is refused.", source="O", effect="refuses", because="privacy", codes=("meeting-for-others",)
)
@rule(
    "The same meeting and day twice is refused, until it is withdrawn.",
    source="sense",
    effect="refuses",
    codes=("already-committed",),
)
@rule(
    "A meeting no longer held is refused unless it was before today.",
    source="sense",
    effect="refuses",
    codes=("meeting-withdrawn",),
)
def _refused(pathway: Pathway, command: CommitToMeeting) -> Refusal | None:
    if refusal := untimely(command.made_at, command.recorded_at, "madeAt"):
        return refusal
    if not pathway.before_ending(in_utc(command.made_at)):
        return Refusal("pathway-ended", "Reopen it before making a commitment.")
    if not fits(command.audience, pathway.for_):
        return Refusal("meeting-for-others", FOR_OTHERS[pathway.for_], "meetingId")
    if committed_to(Occurred(command.meeting_id, command.date), pathway):
        return Refusal("already-committed", "The client has committed to this meeting on this day already.", "date")
    if command.status == "withdrawn" and in_utc(command.start) > in_utc(command.recorded_at):
        return Refusal("meeting-withdrawn", "This meeting is no longer held.", "meetingId")
    return adult_meeting_refused(command, pathway.circumstances) or notice_overridden_without_reason(pathway, command)


# Privacy: what is planned for a family member implies no own use. The other way round no word would ever match it.
FOR_OTHERS = {
    "self": "This meeting is for family and friends; it needs a referral of that kind.",
    "family": "This meeting is for people with a problem of their own, and this referral is for family and friends.",
}


def _serving(pathway: Pathway, date: Day, made_on: Day) -> Goal | None:
    """The open attend-meeting goal that the meeting can achieve as well as a new one would. ADR 0022."""
    return next(
        (
            goal
            for goal in pathway.goals
            if goal.kind == "attend-meeting"
            and goal.in_progress
            and (goal.agreed_on is None or goal.agreed_on <= max(date, made_on))
            and (goal.due is None or goal.due >= min(date, made_on + WEEK))
        ),
        None,
    )


@rule("Committing agrees a goal that was proposed.", source="O", effect="keeps")
def _proposed(pathway: Pathway, otherwise: GoalId) -> GoalId:
    """Committing agrees to the goal when it was proposed before."""
    return next(
        (goal.goal_id for goal in pathway.goals if goal.kind == "attend-meeting" and goal.state == "proposed"),
        otherwise,
    )
