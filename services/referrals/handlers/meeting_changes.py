"""What the directory changes, followed on the pathways of those who plan to go there."""

from collections.abc import Sequence
from uuid import UUID

from services.referrals.domain.meeting_changes import Change, note_meeting_change, note_meeting_paused
from services.referrals.handlers.saving import Saving
from services.referrals.store import ahead, pathways
from shared.storage.database import Database, UnitOfWork

_DIRECTORY = "directory"
_AT_ONCE = 200


class MeetingChanges:
    """`follow` is called in the transaction that changes the directory: nobody plans by what is no longer so."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def follow(self, uow: UnitOfWork, changes: Sequence[Change]) -> None:
        by_meeting = {change.after.meeting_id: change for change in changes}
        concerned = await ahead.referrals_of(uow.connection, by_meeting, uow.now)
        if not concerned:
            return
        cases = await pathways.of_referrals(uow, concerned, lock=True)
        for case in cases:
            for meeting_id in {made.meeting_id for made in case.pathway.commitments} & by_meeting.keys():
                if told := note_meeting_change(case.pathway, by_meeting[meeting_id], uow.now):
                    case.take(told)
        await self._saving.save(uow, cases, _DIRECTORY)

    async def follow_pause(self, uow: UnitOfWork, meeting_id: UUID, provider: str, paused: bool) -> None:
        """Of the provider that no longer suggests it, or does again."""
        concerned = await ahead.referrals_of(uow.connection, [meeting_id], uow.now, provider)
        cases = await pathways.of_referrals(uow, concerned, lock=True)
        for case in cases:
            if told := note_meeting_paused(case.pathway, meeting_id, paused, uow.now):
                case.take(told)
        await self._saving.save(uow, cases, _DIRECTORY)


async def keep_older_commitments(database: Database) -> None:
    """Once, of pathways that were saved before what lies ahead was indexed."""
    while True:
        async with database.work() as uow:
            some = await ahead.unkept(uow.connection, _AT_ONCE)
            if not some:
                return
            cases = await pathways.of_referrals(uow, some, lock=True)
            await ahead.put(uow.connection, [case.pathway for case in cases], uow.now)
            await ahead.note_kept(uow.connection, some)
