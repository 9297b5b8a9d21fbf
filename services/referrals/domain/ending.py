"""The end of a pathway, by six ways, and its reopening."""

from dataclasses import replace

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_opening import EndPathway, ReopenPathway
from services.referrals.domain.consequences import with_consequences
from services.referrals.domain.events import Event
from services.referrals.domain.events_goals import GoalResumed
from services.referrals.domain.events_opening import ReferralEnded, ReferralReopened
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc, untimely


@rule("There are six ways to end.", source="G", effect="keeps", where="Endings")
@rule(
    "Endings and reopenings that cannot be are refused.",
    source="sense",
    effect="refuses",
    codes=("pathway-ended", "before-opening"),
)
def end_pathway(pathway: Pathway, command: EndPathway) -> list[Event] | Refusal:
    """[G] *Not at this time* is the client's decision, at any stage; *engaged* is agreed with evidence in view."""
    if refusal := untimely(command.at, command.recorded_at, "at"):
        return refusal
    if pathway.state == "ended":
        return Refusal("pathway-ended", f"The pathway has ended already: {pathway.ending}.")
    at = in_utc(command.at)
    if at < pathway.opened_at:
        return Refusal("before-opening", "This is before the referral was opened.", "at")
    return with_consequences(pathway, [ReferralEnded(at=at, commanded=True, kind=command.kind)])


@rule("When a client has died every pathway of theirs ends.", source="O", effect="keeps", because="safety")
def end_with_another(pathway: Pathway, command: EndPathway) -> list[Event] | Refusal:
    """Safety: *died*, all that is planned stops, on every pathway of the client; also on one opened since."""
    return end_pathway(pathway, replace(command, at=max(in_utc(command.at), pathway.opened_at)))


@rule("Every ending but the last can be reopened, and only paused goals are resumed.", source="O", effect="keeps")
def reopen_pathway(pathway: Pathway, command: ReopenPathway) -> list[Event] | Refusal:
    """Every ending but *died* can be reopened. Paused goals are agreed again; other endings stay."""
    if refusal := untimely(command.at, command.recorded_at, "at") or _reopening_refused(pathway, command):
        return refusal
    at = in_utc(command.at)
    resumed = (GoalResumed(at=at, goal_id=goal.goal_id) for goal in pathway.goals if goal.state == "paused")
    return with_consequences(pathway, [ReferralReopened(at=at, commanded=True), *resumed])


@rule("Who has died is not reopened.", source="O", effect="refuses", because="safety", codes=("died",))
@rule(
    "Endings and reopenings that cannot be are refused.",
    source="sense",
    effect="refuses",
    codes=("pathway-open", "already-open", "before-ending"),
)
@rule(
    "What a team left ended it does not reopen once the client has moved on.",
    source="O",
    effect="refuses",
    because="privacy",
    codes=("other-team",),
)
def _reopening_refused(pathway: Pathway, command: ReopenPathway) -> Refusal | None:
    if pathway.ended_at is None:
        return Refusal("pathway-open", "The pathway is open.")
    if pathway.ending == "died":
        return Refusal("died", "The client has died: this pathway stays as it is.")
    if command.in_care_of not in (None, pathway.team):
        reason = "This client is in the care of another team now: a new referral is opened there."
        return Refusal("other-team", reason)
    if command.another_is_open:
        return Refusal("already-open", "This client has another open referral of the same kind here.")
    if in_utc(command.at) < pathway.ended_at:
        return Refusal("before-ending", "This is before the pathway ended.", "at")
    return None
