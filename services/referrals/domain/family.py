"""Privacy: nothing in the pathway of a family member, partner or friend implies that they use (3-fama)."""

from collections.abc import Iterator

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands import HoldSession
from services.referrals.domain.kinds_of_group import called, for_people_with_the_problem
from services.referrals.domain.vocabulary import Risk

_OF_OWN_USE: frozenset[Risk] = frozenset({"severe-dependence", "withdrawal-risk"})


def own_use_implied(command: HoldSession) -> Refusal | None:
    """For a session on a family pathway: what would say something about the client's own use is not kept."""
    return next(_implied(command), None)


def _implied(command: HoldSession) -> Iterator[Refusal]:
    for at, experience in enumerate(command.experience):
        if experience.level == "years-then-relapse":
            yield _refusal("A relapse says something", f"experience[{at}].level")
        elif experience.level != "none" and for_people_with_the_problem(experience.organisation):
            yield _refusal(_having_been(experience.organisation), f"experience[{at}].organisation")
    for at, part in enumerate(command.taking_part):
        if for_people_with_the_problem(part.organisation):
            yield _refusal(_having_been(part.organisation), f"takingPart[{at}].organisation")
    for at, word in enumerate(command.did_not_fit):
        if for_people_with_the_problem(word.organisation):
            yield _refusal(_having_been(word.organisation), f"didNotFit[{at}].organisation")
    for at, risk in enumerate(command.risks):
        if risk in _OF_OWN_USE:
            yield _refusal("Dependence and withdrawal say something", f"risks[{at}]")
    if command.lapse_on:
        yield _refusal("A lapse says something", "lapseOn")
    if command.preferred_organisation and for_people_with_the_problem(command.preferred_organisation):
        yield _refusal(f"{called(command.preferred_organisation)} says something", "preferredOrganisation")


def _having_been(organisation: str) -> str:
    return f"Having been to {called(organisation)} says something"


def _refusal(what: str, field: str) -> Refusal:
    return Refusal("implies-own-use", f"{what} about the client's own use; on a family pathway it is not kept.", field)
