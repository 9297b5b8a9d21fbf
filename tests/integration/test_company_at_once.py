"""Two at one peer supporter in the same moment: each waits for the other, and neither is broken off."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.peers.handlers import arranging, register
from services.referrals.peers.store import peers
from shared.web.identity import Person
from tests.eventually import eventually
from tests.integration.company_builder import AA, ROWAN, Company
from tests.integration.referrals_builder import referrals

RAE = Person("rae", frozenset({"recovery-champion"}), "X99", "north", None)
TESS = Person("tess", frozenset({"team-lead"}), "X99", "south", None)


@pytest.fixture
async def it(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Company]:
    async with referrals(postgres, tmp_path) as there:
        await there.lists(AA)
        yield Company(there, await there.open())


@pytest.mark.parametrize("how", ["asked again", "their yes written down", "their yes by the link", "kept apart"])
async def test_a_peer_supporter_is_paused_while_somebody_is_at_their_offer(it: Company, how: str) -> None:
    company, peer = await it.asks(await it.commits()), await it.lists(ROWAN)
    link = (await it.offers(company, peer))["link"]
    async with it.there.database.work() as uow:
        await peers.by_id(uow, UUID(peer), lock=True)
        other = asyncio.create_task(_comes_in_between(it, how, company, peer, link))
        await eventually(lambda: _somebody_waits(it))
        await register.pause(uow, it.there.app.state.saving, TESS, UUID(peer), paused=True)
    assert (await other).status_code < 500
    assert [each["state"] for each in await it.company()] == ["asked"]


async def test_who_is_being_asked_while_they_are_erased_is_not_waited_for(it: Company) -> None:
    company, peer = await it.asks(await it.commits()), await it.lists(ROWAN)
    state = it.there.app.state
    async with it.there.database.work() as uow:
        await arranging.offer(uow, state.saving, RAE, UUID(company), peer_id=UUID(peer), links=state.links)
        headers = it.there.person(sub="tess", roles=["team-lead"], team="south")
        erasing = asyncio.create_task(it.there.http.delete(f"/api/peers/{peer}", headers=headers))
        await eventually(lambda: _somebody_waits(it))
    assert (await erasing).status_code == 202
    assert [each["state"] for each in await it.company()] == ["asked"]
    said = [name for name, _ in await it.there.said() if name.startswith("company")]
    assert said == ["company.asked", "company.offered"]


async def _comes_in_between(it: Company, how: str, company: str, peer: str, link: str) -> httpx.Response:
    if how == "asked again":
        return await it.there.post(f"/company/{company}/offer/{peer}", who=it.rae)
    if how == "kept apart":
        return await it.there.put(f"/clients/{it.opened['clientId']}/kept-apart/peer/{peer}", None)
    if how == "their yes written down":
        return await it.there.post(f"/company/{company}/answer", {"answer": "yes"}, who=it.rae)
    return await it.presses(link, "yes")


async def _somebody_waits(it: Company) -> bool:
    query = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with it.there.database.reading() as connection:
        return await (await connection.execute(query.encode())).fetchone() is not None
