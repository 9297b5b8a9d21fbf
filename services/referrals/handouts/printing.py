"""What is asked for, printed: from the catalogue, or with the meetings near a place."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from services.referrals.directory.choosing import Found
from services.referrals.directory.handlers.finding import Following, find_meetings
from services.referrals.directory.wanted import Near, Wanted
from services.referrals.handouts.blocks import Block, For, Size, Text
from services.referrals.handouts.content.h06_local_groups import local_groups
from services.referrals.handouts.meeting_cards import blank_cards, meeting_cards
from services.referrals.handouts.pdf import as_pdf, kept_pdf
from shared.rules import rule
from shared.storage.database import Database

_LISTED = 12
"""More than that on paper is put away unread; the nearest are taken."""
_ALL = 500


@rule(
    "That nobody writes down another member's story is said where the client writes.",
    source="O",
    effect="keeps",
    because="privacy",
)
async def print_from_catalogue(number: int, whom: For, size: Size) -> bytes:
    return await asyncio.to_thread(kept_pdf, number, whom, size)


async def print_groups_near(
    database: Database, following: Following, near: Near, whom: For, size: Size, *, provider: str
) -> bytes:
    """Hand-out 6 for this client's area, with what the provider knows of the way in. The place is kept nowhere."""
    async with database.reading() as connection:
        found = await find_meetings(connection, following, Wanted(audience=whom, near=near, limit=_ALL), provider)
    return await asyncio.to_thread(as_pdf, local_groups(_listed(found.meetings, near)), size)


async def print_groups(found: Sequence[Found], size: Size, *, young: bool) -> bytes:
    """Hand-out 6 with the groups that were looked for with a client, as many as they are."""
    groups = _cards(found) or blank_cards()
    return await asyncio.to_thread(as_pdf, local_groups(groups, young=young), size)


def _listed(found: Sequence[Found], near: Near) -> list[Block]:
    if not found:
        return [Text(f"We know of no group within {near.within:g} km. You can add one that you find."), *blank_cards()]
    nearest = sorted(found, key=lambda each: each.km or 0.0)[:_LISTED]
    cards = _cards(nearest)
    more = [Text("There are more groups than these. Ask us for a longer list.")] if len(found) > _LISTED else []
    return [*cards, *more]


def _cards(found: Sequence[Found]) -> Sequence[Block]:
    if not found:
        return []
    local = {each.meeting.meeting_id: each.local for each in found if each.local}
    return meeting_cards([each.meeting for each in found], datetime.now(UTC).date(), local)
