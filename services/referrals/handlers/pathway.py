"""One command on one pathway: find it behind the walls, check what the caller knows of it, decide, save."""

from collections.abc import Callable, Sequence
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.reading_needs import tell_needs
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork
from shared.web.conditional import require_match
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden, not_found

Rule = Callable[[Pathway], Sequence[Event] | Refusal]
"""A command with everything but the pathway that it is for."""


async def command(
    uow: UnitOfWork,
    saving: Saving,
    referral_id: UUID,
    worker: Person,
    rule: Rule,
    *,
    others: Rule | None = None,
    if_match: str | None = None,
) -> Case:
    """404 for another provider's, 403 for another team's, 412 for a stale `If-Match`, 422 with the rule's reason.

    `others`: what it means for the client's other pathways; one that it does not fit stays as it is.
    """
    case = await visible(uow, referral_id, worker, lock=others is None)
    theirs = [case]
    if others is not None:  # locked in one order, as attendance locks them
        theirs = await pathways.of_clients(uow, [case.pathway.client_id], lock=True)
        case = next(each for each in theirs if each.pathway.referral_id == referral_id)
    require_match(if_match, case.pathway.commands_version)
    decided = rule(case.pathway)
    if isinstance(decided, Refusal):
        raise refused(decided)
    if decided:
        case.take(decided)
    for other in theirs:
        if other is not case and others is not None:
            _follow(other, others)
    await saving.save(uow, theirs, worker.actor)
    await tell_needs(uow, theirs)
    return case


def _follow(case: Case, rule: Rule) -> None:
    decided = rule(case.pathway)
    if decided and not isinstance(decided, Refusal):
        case.take(decided)


async def visible(uow: UnitOfWork, referral_id: UUID, worker: Person, *, lock: bool = False) -> Case:
    """The pathway if this worker may see it: a keyworker of its team, or a team lead of its provider."""
    case = await pathways.of_referral(uow, referral_id, lock=lock)
    if case is None or case.pathway.provider != worker.provider:
        raise not_found("No such referral is known here.", "referralId")
    if case.pathway.team != worker.team and not worker.has_any(TEAM_LEAD):
        raise Forbidden("other-team", "This client is in the care of another team.", "referralId")
    return case
