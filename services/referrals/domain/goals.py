"""Care-planned goals: proposed or agreed, then achieved, not achieved or dropped, as client and keyworker say."""

from datetime import date as Day
from datetime import datetime, timedelta

from services.referrals.domain.answers import Caution, Refusal
from services.referrals.domain.commands_goals import GoalWanted, NoteGoalOutcome, SetGoal
from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.consequences import with_consequences
from services.referrals.domain.events import Event
from services.referrals.domain.events_goals import GoalAchieved, GoalAgreed, GoalDropped, GoalNotAchieved, GoalProposed
from services.referrals.domain.ids import SessionId
from services.referrals.domain.pathway import Goal, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc, local_day, untimely


@rule("A proposed goal is achieved by no fact until it is agreed.", source="O", effect="keeps")
def propose_goal(pathway: Pathway, command: SetGoal) -> list[Event] | Refusal:
    """Keyworker or client suggests it."""
    if refusal := _set_refused(pathway, command):
        return refusal
    wanted = command.goal
    proposed = GoalProposed(
        at=in_utc(command.at),
        commanded=True,
        goal_id=wanted.goal_id,
        kind=wanted.kind,
        due=wanted.due,
        words=wanted.words,
        cautions=_due_cautions(wanted.due, local_day(command.at, pathway.time_zone)),
    )
    return [proposed]


def agree_goal(pathway: Pathway, command: SetGoal) -> list[Event] | Refusal:
    """Both agree on it. What was attended since that day already counts."""
    if refusal := _set_refused(pathway, command):
        return refusal
    return with_consequences(pathway, [agreed(pathway, command.goal, command.at, commanded=True)])


@rule(
    "What is said of a goal is said of one on the pathway.", source="sense", effect="refuses", codes=("unknown-goal",)
)
@rule("What was said achieved is not undone by a correction.", source="O", effect="keeps")
def note_goal_outcome(pathway: Pathway, command: NoteGoalOutcome) -> list[Event] | Refusal:
    """Agreed, achieved, not achieved or dropped, because client or keyworker says so. Every end is for good."""
    goal = pathway.goal(command.goal_id)
    if goal is None:
        return Refusal("unknown-goal", "There is no such goal on this pathway.")
    if refusal := untimely(command.at, command.recorded_at, "at") or _outcome_refused(pathway, goal, command):
        return refusal
    return with_consequences(pathway, [_said(pathway, goal, command)])


@rule("Goals of a session are agreed on its day.", source="G", effect="keeps", where="Stage 1, step 5")
@rule("A correction moves the session's goals and adds new ones, but ends none.", source="O", effect="keeps")
def goals_of_session(pathway: Pathway, command: HoldSession) -> list[Event]:
    """Those agreed in the session. On a correction what is new, and what was agreed on another day or is due on one."""
    wanted = list(command.goals)
    moved: list[Event] = []
    for goal in pathway.goals:
        if goal.session_id == command.session_id:
            again = next((one for one in wanted if (one.kind, one.words) == (goal.kind, goal.words)), None)
            moved += _moved(pathway, command, goal, again.due if again else goal.due)
            wanted = [one for one in wanted if one is not again]
    return [*moved, *(agreed(pathway, goal, command.held_at, command.session_id) for goal in wanted)]


def _moved(pathway: Pathway, command: HoldSession, goal: Goal, due: Day | None) -> list[GoalAgreed]:
    day = local_day(command.held_at, pathway.time_zone)
    if goal.state != "agreed" or (goal.agreed_on, goal.due) == (day, due):
        return []
    again = GoalWanted(goal_id=goal.goal_id, kind=goal.kind, due=due, words=goal.words)
    return [agreed(pathway, again, command.held_at, command.session_id)]


def agreed(
    pathway: Pathway, goal: GoalWanted, at: datetime, session_id: SessionId | None = None, *, commanded: bool = False
) -> GoalAgreed:
    day = local_day(at, pathway.time_zone)
    return GoalAgreed(
        at=in_utc(at),
        commanded=commanded,
        goal_id=goal.goal_id,
        kind=goal.kind,
        due=goal.due,
        words=goal.words,
        session_id=session_id,
        agreed_on=day,
        cautions=_due_cautions(goal.due, day),
    )


@rule("A goal in own words has words.", source="sense", effect="refuses", codes=("words-missing",))
def goal_refused(goal: GoalWanted, field: str = "") -> Refusal | None:
    if goal.kind == "own-words" and not (goal.words or "").strip():
        return Refusal("words-missing", "Write the goal in the client's own words.", f"{field}words")
    return None


@rule(
    "After the ending only what was before it can be said.", source="sense", effect="refuses", codes=("pathway-ended",)
)
def _set_refused(pathway: Pathway, command: SetGoal) -> Refusal | None:
    if refusal := goal_refused(command.goal) or untimely(command.at, command.recorded_at, "at"):
        return refusal
    if not pathway.before_ending(in_utc(command.at)):
        return Refusal("pathway-ended", "The pathway has ended. Reopen it before setting a goal.")
    return None


@rule(
    "A proposed goal is agreed or dropped, and nothing else.",
    source="sense",
    effect="refuses",
    codes=("goal-not-agreed", "goal-already-agreed"),
)
@rule(
    "An agreed goal ends as client or keyworker say, and for good.",
    source="sense",
    effect="refuses",
    codes=("goal-ended",),
)
@rule(
    "After the ending only what was before it can be said.", source="sense", effect="refuses", codes=("pathway-ended",)
)
def _outcome_refused(pathway: Pathway, goal: Goal, command: NoteGoalOutcome) -> Refusal | None:
    """Proposed: agree, drop. Agreed: achieved, not achieved, dropped. The rest is for facts, ending and reopening."""
    if not pathway.before_ending(in_utc(command.at)):
        return Refusal("pathway-ended", "The pathway had ended by then. Reopen it first.", "at")
    if goal.state == "proposed":
        if command.outcome in ("achieved", "not-achieved"):
            return Refusal("goal-not-agreed", "The goal is only proposed: agree it first.", "outcome")
        return None
    if not goal.in_progress:
        return Refusal("goal-ended", f"The goal has already ended: {goal.state}.", "outcome")
    if command.outcome == "agreed":
        return Refusal("goal-already-agreed", "The goal is agreed already.", "outcome")
    return None


def _said(pathway: Pathway, goal: Goal, command: NoteGoalOutcome) -> Event:
    at = in_utc(command.at)
    match command.outcome:
        case "agreed":
            wanted = GoalWanted(goal_id=goal.goal_id, kind=goal.kind, due=goal.due, words=goal.words)
            return agreed(pathway, wanted, at, goal.session_id, commanded=True)
        case "achieved":
            return GoalAchieved(at=at, commanded=True, goal_id=goal.goal_id)
        case "not-achieved":
            return GoalNotAchieved(at=at, commanded=True, goal_id=goal.goal_id)
        case "dropped":
            return GoalDropped(at=at, commanded=True, goal_id=goal.goal_id, because="said")


@rule(
    "A due day that has passed or is over a year away is a warning.",
    source="O",
    effect="warns",
    codes=("due-already", "due-far-away"),
)
def _due_cautions(due: Day | None, day: Day) -> tuple[Caution, ...]:
    if due and due < day:
        return (Caution("due-already", "The due day is before the day it was set."),)
    if due and due > day + timedelta(days=366):
        return (Caution("due-far-away", "The due day is more than a year away: is the year right?"),)
    return ()
