"""Privacy: nothing in the pathway of a family member, partner or friend implies that they use (3-fama)."""

from collections.abc import Iterator

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.kinds_of_group import called, for_people_with_the_problem
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import Concern, Risk

_OF_OWN_USE: frozenset[Risk] = frozenset({"severe-dependence", "withdrawal-risk"})
_CONCERNS: frozenset[Concern] = frozenset({"not-aiming-at-abstinence", "prescribed-medicine"})


@rule(
    "What would imply own use is not kept of a family member.",
    source="O",
    effect="refuses",
    because="privacy",
    codes=("implies-own-use",),
)
def own_use_implied(command: HoldSession) -> Refusal | None:
    """For a session on a family pathway: what would say something about the client's own use is not kept."""
    return next((_refusal(what, field) for what, field in _implied(command)), None)


def _implied(command: HoldSession) -> Iterator[tuple[str, str]]:
    """What says something, and in which field."""
    for at, experience in enumerate(command.experience):
        if experience.level == "years-then-relapse":
            yield "A relapse", f"experience[{at}].level"
        if _CONCERNS.intersection(experience.concerns):
            yield "This concern", f"experience[{at}].concerns"
    if _CONCERNS.intersection(command.concerns):
        yield "This concern", "concerns"
    if _OF_OWN_USE.intersection(command.risks):
        yield "This risk", "risks"
    if command.lapse_on:
        yield "A lapse", "lapseOn"
    for organisation, field in _taken_part_in(command):
        if for_people_with_the_problem(organisation):
            yield f"Having been to {called(organisation)}", field


@rule(
    "A family member may have heard of any group and be in need themselves.",
    source="O",
    effect="keeps",
    because="privacy",
)
def _taken_part_in(command: HoldSession) -> Iterator[tuple[str, str]]:
    """Having heard of one is fine: `none` with a perception."""
    for at, experience in enumerate(command.experience):
        if experience.level != "none":
            yield experience.organisation, f"experience[{at}].organisation"
    for at, part in enumerate(command.taking_part):
        yield part.organisation, f"takingPart[{at}].organisation"
    for at, word in enumerate(command.did_not_fit):
        yield word.organisation, f"didNotFit[{at}].organisation"
    if command.preferred_organisation:
        yield command.preferred_organisation, "preferredOrganisation"


def _refusal(what: str, field: str) -> Refusal:
    reason = f"{what} says something about the client's own use; on a family pathway it is not kept."
    return Refusal("implies-own-use", reason, field)
