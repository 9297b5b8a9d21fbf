"""Handover to another keyworker, in one step (3-fama)."""

from dataclasses import dataclass
from datetime import datetime

from services.referrals.domain.accompanying import Company
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_opening import HandOver
from services.referrals.domain.events import Event
from services.referrals.domain.events_opening import HandedOver
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.meeting_changes import is_ahead
from services.referrals.domain.pathway import Commitment, Flag, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc, untimely


@dataclass(frozen=True, slots=True)
class GoesAlong:
    """What the new keyworker takes on: meetings to come or not heard of yet, company for them, what to look at."""

    commitments: tuple[Commitment, ...]
    company: tuple[Company, ...]
    flags: tuple[Flag, ...]


@rule("Handover to another keyworker is one step.", source="O", effect="keeps")
@rule("An ended pathway is not handed over.", source="sense", effect="refuses", codes=("pathway-ended",))
@rule(
    "Nobody is handed over to somebody they are kept apart from.",
    source="O",
    effect="refuses",
    because="safety",
    codes=("kept-apart",),
)
@rule("An ended pathway is not handed over.", source="sense", effect="refuses", codes=("pathway-ended",))
def hand_over(pathway: Pathway, command: HandOver) -> list[Event] | Refusal:
    """[O] Also to another team. Nothing else changes: what is open stays open, in other hands. Twice is once."""
    if refusal := untimely(command.at, command.recorded_at, "at"):
        return refusal
    if pathway.state == "ended":
        return Refusal("pathway-ended", f"The pathway has ended: {pathway.ending}. There is nothing to hand over.")
    if command.kept_apart:
        return Refusal("kept-apart", "This client and this colleague are kept apart: choose somebody else.", "to")
    if (command.to, command.team) == (pathway.keyworker, pathway.team):
        return []
    handed = HandedOver(
        at=in_utc(command.at),
        commanded=True,
        keyworker=command.to,
        team=command.team,
        keyworker_before=pathway.keyworker,
        team_before=pathway.team,
    )
    return [handed]


@rule("What is due goes along with a handover.", source="O", effect="keeps")
def goes_along(pathway: Pathway, now: datetime) -> GoesAlong:
    """[O] Due commitments, arranged company, open flags; they stay on the pathway, so nobody has to copy them."""
    due = tuple(made for made in pathway.commitments if made.state == "planned" or is_ahead(made, now))
    company = tuple(each for each in pathway.company if each.open)
    return GoesAlong(due, company, tuple(flags_shown(pathway, now)))
