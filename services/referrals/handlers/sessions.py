"""A session from the first word to the record: kept as it is written, then saved, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from services.referrals.domain.case import Case
from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.ids import ReferralId, SessionId
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.sessions import correct_session, hold_session, session_of
from services.referrals.handlers.care import may_see
from services.referrals.handlers.caseload import OfCaseload, with_names
from services.referrals.handlers.pathway import command, visible
from services.referrals.handlers.saving import Saving
from services.referrals.store import drafts, pathways
from services.referrals.store.drafts import Draft
from shared.storage.database import UnitOfWork
from shared.web.conditional import etag, stale
from shared.web.identity import Person


@dataclass(frozen=True, slots=True)
class Begun:
    """What is written of sessions of one pathway and not saved: by this worker, and when others last did so."""

    mine: Sequence[Draft]
    others: Sequence[Draft]

    def of(self, session_id: UUID) -> Draft | None:
        return next((draft for draft in self.mine if draft.session_id == session_id), None)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that somebody has begun with this client, and when it was last saved for them."""

    one: OfCaseload
    session_id: UUID
    saved_at: datetime

    @property
    def correcting(self) -> bool:
        return self.one.pathway.session(SessionId(self.session_id)) is not None


async def begun(uow: UnitOfWork, pathway: Pathway, worker: Person) -> Begun:
    """The latest first."""
    all_ = await drafts.of_pathway(uow, pathway)
    mine = [draft for draft in all_ if draft.author == worker.sub]
    return Begun(mine, [draft for draft in all_ if draft.author != worker.sub])


async def unfinished_of(uow: UnitOfWork, worker: Person) -> list[Unfinished]:
    """Everything that this worker has begun with clients whom they may still see, the latest first."""
    kept = await drafts.of_author(uow, worker.sub, worker.provider)
    cases = await pathways.of_referrals(uow, {referral_id for referral_id, _, _ in kept}, lock=False)
    theirs = [case for case in cases if await may_see(uow, case.pathway.client_id, case.pathway.team, worker)]
    by_referral = {one.pathway.referral_id: one for one in await with_names(uow, worker.provider, theirs)}
    return [
        Unfinished(one, session_id, saved_at)
        for referral_id, session_id, saved_at in kept
        if (one := by_referral.get(ReferralId(referral_id)))
    ]


async def keep_draft(
    uow: UnitOfWork,
    referral_id: UUID,
    session_id: UUID,
    worker: Person,
    typed: Mapping[str, Sequence[str]],
    *,
    correcting: bool,
) -> bool:
    """False when the session was saved meanwhile: what comes late from a page that was left is nothing to keep."""
    case = await visible(uow, referral_id, worker)
    recorded = case.pathway.session(SessionId(session_id)) is not None
    if recorded != correcting:
        return False
    await drafts.keep(uow, case.pathway, session_id, worker.sub, typed)
    return True


async def drop_draft(uow: UnitOfWork, referral_id: UUID, session_id: UUID, worker: Person) -> None:
    await visible(uow, referral_id, worker)
    await drafts.drop(uow, referral_id, session_id, worker.sub)


async def save_session(
    uow: UnitOfWork,
    saving: Saving,
    referral_id: UUID,
    worker: Person,
    held: HoldSession,
    *,
    correcting: bool,
    version: int,
) -> Case:
    """Held, or corrected. A new one that is there already was sent twice: nothing changes.

    412 for a stale version, and for a new one that is there already with something else in it: another window saved it.
    """
    case = await visible(uow, referral_id, worker, lock=True)
    recorded = case.pathway.session(held.session_id)
    if recorded and not correcting and recorded != session_of(case.pathway, held):
        raise stale(case.pathway.commands_version)
    if correcting or recorded is None:
        rule = partial(correct_session if correcting else hold_session, command=held)
        case = await command(uow, saving, referral_id, worker, rule, if_match=etag(version))
    await drafts.drop(uow, referral_id, held.session_id, worker.sub)
    return case
