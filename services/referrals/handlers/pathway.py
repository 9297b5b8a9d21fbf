"""One command on one pathway: find it behind the walls, check what the caller knows of it, decide, save."""

from collections.abc import Callable, Sequence
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import closed_to, may_see
from services.referrals.handlers.changes import ChangedSince, changes_since
from services.referrals.handlers.reading_needs import tell_needs
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork
from shared.web.conditional import matches, stale, version_known
from shared.web.identity import Person
from shared.web.problems import not_found

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
    await _require_match(uow, if_match, case.pathway)
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


async def _require_match(uow: UnitOfWork, if_match: str | None, pathway: Pathway) -> None:
    """The second of two who edit the same pathway is told what the first has done since."""
    if not matches(if_match, pathway.commands_version):
        since = await changes_since(uow, pathway, version_known(if_match))
        raise stale(pathway.commands_version, {"changes": [_told(change) for change in since]})


def _told(change: ChangedSince) -> dict[str, str]:
    return {"at": change.at.isoformat(), "words": change.words, "by": change.by.name, "role": change.by.role}


def _follow(case: Case, rule: Rule) -> None:
    decided = rule(case.pathway)
    if decided and not isinstance(decided, Refusal):
        case.take(decided)


async def visible(uow: UnitOfWork, referral_id: UUID, worker: Person, *, lock: bool = False) -> Case:
    """The pathway if this worker may see it: a keyworker of its team, a team lead, or who has broken the glass."""
    case = await pathways.of_referral(uow, referral_id, lock=lock)
    if case is None or case.pathway.provider != worker.provider:
        raise not_found("No such referral is known here.", "referralId")
    if not await may_see(uow, case.pathway.client_id, case.pathway.team, worker):
        raise closed_to(worker, case.pathway.team, "referralId")
    return case
