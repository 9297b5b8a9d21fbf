"""Someone to go with, through the doors: asked, offered by a link, agreed, fallen through."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.company_builder import AA, PRIVATE, ROWAN, SASHA, Company
from tests.integration.referrals_builder import referrals


@pytest.fixture
async def it(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Company]:
    async with referrals(postgres, tmp_path) as there:
        await there.lists(AA)
        yield Company(there, await there.open())


async def test_a_peer_supporter_says_yes_by_a_link_and_each_side_then_learns_what_the_other_chose(it: Company) -> None:
    commitment = await it.commits()
    company = await it.asks(commitment)
    offered = await it.offers(company, await it.lists(ROWAN))
    assert offered["link"] in offered["text"]

    seen = await it.opens(offered["link"])
    assert seen.status_code == 200
    assert "St Mark&#39;s Hall" in seen.text
    assert "7pm" in seen.text
    told = [word for word in (*PRIVATE, "Alcoholics", "AA", "Famalink", ROWAN["phone"]) if word in seen.text]
    assert told == []
    assert [(each["state"], each["with"]) for each in await it.company()] == [("offered", None)]

    agreed = await it.presses(offered["link"], "yes")
    assert "Robin" in agreed.text
    assert "07700 900333" in agreed.text
    assert "Quillfeather" not in agreed.text
    [shown] = await it.company()
    assert (shown["state"], shown["with"]) == ("agreed", {"firstName": "Rowan", "contact": "07700 900111"})
    [made] = (await it.shown())["commitments"]
    assert made["accompanied"]
    assert (await it.presses(offered["link"], "yes")).text.count("You are coming along") == 1


async def test_when_they_cannot_come_after_all_the_keyworker_is_flagged_and_nothing_more_is_shown(it: Company) -> None:
    commitment, _, link = await it.agreed()
    after = await it.presses(link, "cannot-come")
    assert "Thank you for saying so" in after.text
    assert [word for word in PRIVATE if word in after.text] == []
    shown = await it.shown()
    assert [(flag["code"], flag["about"]) for flag in shown["flags"]] == [("company-fell-through", commitment)]
    assert [made["state"] for made in shown["commitments"]] == ["planned"]
    assert [(each["state"], each["with"]) for each in await it.company()] == [("fell-through", None)]
    said = [name for name, _ in await it.there.said() if name.startswith("company")]
    assert said == ["company.asked", "company.offered", "company.agreed", "company.fell-through"]


async def test_a_link_is_for_one_offer_and_changes_nothing_when_it_is_only_looked_at(it: Company) -> None:
    company = await it.asks(await it.commits())
    link = (await it.offers(company, await it.lists(ROWAN)))["link"]
    for _ in range(2):
        assert "can you come along" in (await it.opens(link)).text
    assert (await it.opens(link[:-4] + "AAAA")).status_code == 404
    assert (await it.opens("http://localhost:8401/answer/" + "A" * 91)).status_code == 404
    back = await it.there.post(f"/company/{company}/answer", {"answer": "taken-back"}, who=it.rae)
    assert back.status_code == 200
    await it.offers(company, await it.lists(SASHA))
    late = await it.presses(link, "yes")
    assert "You are coming along" not in late.text
    assert [each["state"] for each in await it.company()] == ["offered"]
