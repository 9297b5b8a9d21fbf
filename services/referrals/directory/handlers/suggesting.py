"""Meetings for one client: what was asked, and what is known of them (3-fama, *Choosing a meeting*)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.referrals.directory.choosing import Found
from services.referrals.directory.facts import Fact
from services.referrals.directory.filters import Relaxed
from services.referrals.directory.fitting_words import in_words
from services.referrals.directory.for_client import ForClient, minding_of, notes_on, notices, today_of, wanted_for
from services.referrals.directory.handlers.finding import Following, find_meetings
from services.referrals.directory.handlers.placing import known_place
from services.referrals.directory.store import meetings
from services.referrals.directory.wanted import Wanted
from services.referrals.domain.clients import Client
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.caseload import identities
from services.referrals.handlers.keeping_apart import avoided
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork
from shared.web.problems import not_found

_AROUND_RELEASE = 10
"""Kilometres around the release area, if nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Choices:
    """As `FoundMeetings`, each with what is to be said to the keyworker because of the client; `notices` before all.

    `young`: they are for somebody to whom adult meetings are not suggested.
    """

    meetings: Sequence[Found]
    fits: int
    relax: Sequence[Relaxed]
    notices: Sequence[Fact]
    young: bool = False


async def suggest(uow: UnitOfWork, following: Following, pathway: Pathway, client: Client, wanted: Wanted) -> Choices:
    """Whom it is for and for what follow from the pathway; what the client said before shapes the list."""
    one = await _for_client(uow, pathway, client)
    asked = wanted_for(one, await _near_release(uow, one, wanted))
    minding = minding_of(one, (await avoided(uow, client.client_id)).meetings)
    found = await find_meetings(uow.connection, following, asked, client.provider, minding)
    noted = [replace(each, facts=[*notes_on(one, each.meeting), *each.facts]) for each in found.meetings]
    return Choices(noted, found.fits, found.relax, [*notices(one), *await _left_out(uow, one)], one.young)


async def _for_client(uow: UnitOfWork, pathway: Pathway, client: Client) -> ForClient:
    who = (await identities(uow, {client.client_id})).get(client.client_id)
    if who is None:
        raise not_found("No such client is known here.", "clientId")
    theirs = [case.pathway for case in await pathways.of_clients(uow, [client.client_id], lock=False)]
    return ForClient.of(pathway, theirs, who.birth_date, today_of(pathway, uow.now))


async def _near_release(uow: UnitOfWork, one: ForClient, wanted: Wanted) -> Wanted:
    """Prison, detox, rehab [S]: the area is where they will live, if a place is known by what is said."""
    area = one.pathway.circumstances.release_area
    if wanted.near or not area or not one.released_later:
        return wanted
    return replace(wanted, near=await known_place(uow.connection, area, _AROUND_RELEASE))


async def _left_out(uow: UnitOfWork, one: ForClient) -> Sequence[Fact]:
    """Said to the keyworker, who may talk it over. Why a meeting is paused, or who is kept apart, is not."""
    kept_from = {meeting: known for meeting, known in one.remembered.meetings.items() if known.kept_from}
    known = await meetings(uow.connection, kept_from)
    return [
        Fact("left-out", f"Left out: {known[meeting].name}, {in_words(not_fitting.reasons)}")
        for meeting, not_fitting in kept_from.items()
        if meeting in known
    ]
