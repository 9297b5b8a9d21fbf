"""Pages of somebody to go with, in a browser: for everybody, at 400 %, and with the keyboard alone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.domain.ids import CompanyId, PeerId
from services.referrals.peers.links import Invitation
from tests.integration.company_builder import AA, ROWAN, WISH
from tests.integration.console_builder import PHONE, Console, Desk, console
from tests.integration.referrals_builder import days_ahead
from tests.integration.sign_in_builder import DevelopmentSignIn

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def here(
    postgres: EmbeddedPostgres, tmp_path: Path, chromium: Browser, provider: DevelopmentSignIn
) -> AsyncIterator[Console]:
    async with console(postgres, tmp_path, chromium, provider.issuer) as started:
        await started.lists(AA)
        yield started


async def asked(here: Console) -> str:
    """The id of what a client asked for."""
    kay = await here.arrives()
    at = f"/referrals/{await kay.refers()}"
    plan = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(4, weeks=1))}
    made = await kay.asks("POST", f"{at}/commitments", plan)
    company = await kay.asks("POST", f"{at}/commitments/{made['commitmentId']}/company", WISH)
    return str(company["companyId"])


async def listed(champion: Desk) -> str:
    return str((await champion.asks("POST", "/peers", ROWAN))["peerId"])


async def on_a_phone(here: Console, link: str) -> Desk:
    """Without an account."""
    phone = await here.stranger(viewport=PHONE)
    await phone.page.goto(link)
    return phone


async def test_a_request_keeps_nobody_out_however_it_stands(here: Console) -> None:
    company, rory = await asked(here), await here.arrives("rory")
    at = f"/company/{company}"
    await rory.opens(at)
    assert "Nobody on the list fits" in await rory.reads()
    await rory.keeps_nobody_out()
    await listed(rory)
    await rory.opens(at)
    await rory.keeps_nobody_out()
    await rory.keys("Ask Rowan")
    assert "could you come along" in await rory.page.input_value("#text")
    await rory.keeps_nobody_out()
    await rory.keys("Back to the request")
    for press, then in (
        ("They said yes", "Rowan goes along"),
        ("They cannot come after all", "They could not come after all"),
    ):
        await rory.keeps_nobody_out()
        await rory.keys(press)
        assert then in await rory.reads()
    await rory.keeps_nobody_out()


async def test_a_peer_supporters_page_keeps_nobody_out_and_a_team_lead_erases_them_with_the_keyboard(
    here: Console,
) -> None:
    rory, tess = await here.arrives("rory"), await here.arrives("tess")
    at = f"/company/peers/{await listed(rory)}"
    await rory.opens(at)
    await rory.keeps_nobody_out()
    await rory.page.fill("#phone", "no number")
    await rory.presses("Save")
    assert (await rory.page.title()).startswith("Error: ")
    await rory.keeps_nobody_out()
    await tess.opens(at)
    await tess.keys("Pause them")
    await tess.opens(at)
    await tess.keeps_nobody_out()
    await tess.keys("erase everything about them")
    await tess.keeps_nobody_out()
    await tess.keys("Erase everything about Rowan")
    assert "Nobody is on the list yet." in await tess.reads()
    await tess.keeps_nobody_out()


async def test_the_answer_page_keeps_nobody_out_before_an_answer_and_after_each(here: Console) -> None:
    company, rory = await asked(here), await here.arrives("rory")
    offered = await rory.asks("POST", f"/company/{company}/offer/{await listed(rory)}")
    rowan = await on_a_phone(here, offered["link"])
    assert "can you come along?" in await rowan.reads()
    await rowan.keeps_nobody_out()
    await rowan.keys("Yes, I can come")
    assert "You are coming along" in await rowan.reads()
    await rowan.keeps_nobody_out()
    await rowan.keys("I can")
    assert "Thank you for saying so" in await rowan.reads()
    await rowan.keeps_nobody_out()


async def test_the_answer_page_keeps_nobody_out_when_it_is_refused_over_or_torn(here: Console) -> None:
    company, rory = await asked(here), await here.arrives("rory")
    peer = await listed(rory)
    offered = await rory.asks("POST", f"/company/{company}/offer/{peer}")
    rowan = await on_a_phone(here, offered["link"])
    await rowan.keys("No, not this time")
    assert "That is quite all right" in await rowan.reads()
    await rowan.keeps_nobody_out()
    ago = datetime.now(UTC) - timedelta(days=1)
    over = here.app.state.links.link(Invitation(CompanyId(UUID(company)), PeerId(UUID(peer)), ago))
    for link, said in ((over, "this is no longer needed"), (offered["link"][:-4], "This link is not complete")):
        rowan = await on_a_phone(here, link)
        assert said in await rowan.reads()
        await rowan.keeps_nobody_out()
