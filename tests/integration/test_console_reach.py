"""Laying meetings side by side, and breaking glass, in a browser: for everybody, at 400 %, with the keyboard alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.console_builder import PHONE, Console, console
from tests.integration.referrals_builder import meeting
from tests.integration.sign_in_builder import DevelopmentSignIn

pytestmark = [pytest.mark.slow]
AA = meeting("Grange AA", 2, audience="both")
SMART = meeting("SMART on Thursdays", 4, organisation="smart-recovery", format="online")


@pytest.fixture
async def here(
    postgres: EmbeddedPostgres, tmp_path: Path, chromium: Browser, provider: DevelopmentSignIn
) -> AsyncIterator[Console]:
    async with console(postgres, tmp_path, chromium, provider.issuer) as started:
        await started.lists(AA, SMART)
        yield started


async def test_meetings_are_laid_side_by_side_with_the_keyboard_and_the_page_keeps_nobody_out(here: Console) -> None:
    desk = await here.arrives(viewport=PHONE)
    await desk.opens(f"/clients/{await desk.refers()}/meetings")
    await desk.keys("Lay side by side", "Lay the chosen ones side by side")
    assert "Choose two to four meetings" in await desk.reads()
    await desk.keeps_nobody_out()
    await desk.keys("Lay side by side: Grange", "Lay the chosen ones side by side")
    assert "My reasons against" in await desk.reads()
    await desk.keeps_nobody_out()
    await desk.tabs_to("Meetings side by side")
    for _ in range(4):
        await desk.page.keyboard.press("ArrowRight")
    await desk.page.wait_for_function("() => document.querySelector('.famalink-scroll').scrollLeft > 0")


async def test_glass_is_broken_with_the_keyboard_and_keeps_nobody_out_on_the_way(here: Console) -> None:
    kay, sam = await here.arrives(), await here.arrives("sam")
    referral = await kay.refers()
    client = (await kay.asks("GET", f"/referrals/{referral}"))["clientId"]
    await sam.opens(f"/people/{client}/access")
    await sam.keeps_nobody_out()
    await sam.keys("Look at the client")
    assert "Say in a few words" in await sam.reads()
    await sam.keeps_nobody_out()
    await sam.tabs_to("Why do you need to?")
    await sam.page.keyboard.type("She is in our clinic, unwell.")
    await sam.keys("Look at the client")
    await sam.keeps_nobody_out()
    await sam.keys("For themselves")
    assert sam.page.url.endswith(f"/clients/{referral}")
    await sam.keeps_nobody_out()
