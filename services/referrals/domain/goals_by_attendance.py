"""Attendance achieves a matching goal by itself; nothing else about attendance ends one (3-fama)."""

from datetime import date as Day
from datetime import datetime

from services.referrals.domain.events import Event
from services.referrals.domain.events_goals import GoalAchieved, GoalResumed
from services.referrals.domain.kinds_of_group import kind_of_group
from services.referrals.domain.pathway import Attendance, Goal, Occurred, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import GoalKind

BY_ATTENDANCE: tuple[GoalKind, ...] = ("attend-meeting", "attend-different-meeting", "compare-two-kinds")


@rule("The very fact corrected away resumes the goal.", source="O", effect="keeps")
def goals_resumed(pathway: Pathway, at: datetime, about: Occurred | None) -> list[Event]:
    """Achieved by a fact, and that fact corrected away: agreed again."""
    return [
        GoalResumed(at=at, goal_id=goal.goal_id)
        for goal in pathway.goals
        if goal.achieved_by and _undone(goal, goal.achieved_by, pathway, about)
    ]


@rule("Attendance achieves only goals about attending.", source="O", effect="keeps")
@rule("Not attended and not known end no goal.", source="O", effect="keeps")
@rule("One fact achieves at most one goal of a kind, the one due first.", source="O", effect="keeps")
@rule("The earliest meeting that fits achieves the goal.", source="O", effect="keeps")
def goals_achieved(pathway: Pathway, _: datetime, __: Occurred | None) -> list[Event]:
    """One fact achieves at most one goal of a kind: the one that is due first. The earliest fact that fits does."""
    events: list[Event] = []
    for kind in BY_ATTENDANCE:
        waiting = [goal for goal in pathway.goals if goal.kind == kind and goal.in_progress]
        if not waiting:
            continue
        used = {goal.achieved_by for goal in pathway.goals if goal.kind == kind}
        for goal in sorted(waiting, key=_due_first):
            fits = [a for a in pathway.attendance if achieves(a, goal, pathway) and a.occurred not in used]
            if fits:
                first = min(fits, key=lambda attendance: attendance.start)
                used.add(first.occurred)
                events.append(GoalAchieved(at=first.observed_at, goal_id=goal.goal_id, by=first.occurred))
    return events


@rule("Only a meeting between the day agreed and the due day achieves the goal.", source="O", effect="keeps")
@rule(
    "A different meeting is one the client did not go to before.", source="G", effect="keeps", where="Stage 3, step 3"
)
def achieves(attendance: Attendance, goal: Goal, pathway: Pathway) -> bool:
    """The meeting's date lies between the day it was agreed and its due day; *different*: not one known before."""
    if not attendance.went or goal.agreed_on is None or attendance.date < goal.agreed_on:
        return False
    if goal.due is not None and attendance.date > goal.due:
        return False
    if goal.kind == "compare-two-kinds":
        return _compares(attendance, goal.agreed_on, pathway)
    return goal.kind != "attend-different-meeting" or not _went_there_before(attendance, goal.agreed_on, pathway)


@rule(
    "A 12-step and a SMART meeting in the window achieve the goal to compare two kinds.",
    source="G",
    effect="keeps",
    where="Stage 3, step 3",
)
def _compares(attendance: Attendance, agreed_on: Day, pathway: Pathway) -> bool:
    """[G] One kind of group, and another before it since the goal was agreed."""
    return attendance.organisation is not None and any(
        other.went
        and agreed_on <= other.date
        and other.start < attendance.start
        and other.organisation is not None
        and kind_of_group(other.organisation) != kind_of_group(attendance.organisation)
        for other in pathway.attendance
    )


def _undone(goal: Goal, by: Occurred, pathway: Pathway, about: Occurred | None) -> bool:
    if goal.kind == "compare-two-kinds":
        stands = pathway.attendance_at(by)
        return stands is None or not achieves(stands, goal, pathway)
    return about in (None, by) and not _attended(pathway, by)


def _went_there_before(attendance: Attendance, agreed_on: Day, pathway: Pathway) -> bool:
    return any(
        before.went and before.meeting_id == attendance.meeting_id and before.date < agreed_on
        for before in pathway.attendance
    )


def _attended(pathway: Pathway, occurred: Occurred) -> bool:
    stands = pathway.attendance_at(occurred)
    return stands is not None and stands.outcome == "attended"


def _due_first(goal: Goal) -> tuple[Day, Day]:
    return goal.due or Day.max, goal.agreed_on or Day.max
