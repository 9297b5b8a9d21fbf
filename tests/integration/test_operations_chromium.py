"""`/ops` in a real browser: signing in as operations, following an event, and moving what is stuck."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.browser import Seen
from tests.integration.operations_builder import Ward, application, opened
from tests.integration.sign_in_builder import DevelopmentSignIn, served, signing_in

ILL, CLIENT = uuid4(), uuid4()
pytestmark = [pytest.mark.slow]


@pytest.fixture
def ward(database: Database) -> Ward:
    return Ward(database, ill={ILL})


@pytest.fixture
async def address(
    provider: DevelopmentSignIn, ward: Ward, master: MasterKeys, database: Database, tmp_path: Path
) -> AsyncIterator[str]:
    port = free_port()
    app = application(database, ward, master, signing_in(provider.issuer, port, tmp_path, "referrals"))
    async with served(app, port):
        yield f"http://localhost:{port}"


async def as_otto(context: BrowserContext, address: str) -> tuple[Page, Seen]:
    page, seen = await context.new_page(), Seen()
    seen.watch(page)
    await page.goto(f"{address}/ops")
    await page.click("text=Otto Operations")
    assert page.url == f"{address}/ops"
    return page, seen


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_what_is_stuck_is_seen_retried_and_discarded(
    chromium: Browser, address: str, ward: Ward, javascript: bool
) -> None:
    failed, later = opened(CLIENT, referral=ILL), opened(CLIENT)
    await ward.hears(failed, later)
    await ward.hears_nonsense()
    page, seen = await as_otto(await chromium.new_context(java_script_enabled=javascript), address)
    assert "handler failed" in await page.inner_text("main")
    await page.click("button:has-text('Retry') >> nth=0")
    assert "It failed again" in await page.inner_text("[role=status]")
    await page.click("a:has-text('Discard') >> nth=0")
    assert "behind it for the same client (1)" in await page.inner_text("main")
    await page.click("text=Discard it for good")
    assert "It was discarded" in await page.inner_text("[role=status]")
    assert "Nothing is parked." in await page.inner_text("main")
    assert ward.applied == [later.id]
    await page.click("button:has-text('Replay')")
    assert "not taken this time either" in await page.inner_text("[role=status]")
    assert not seen.complaints


async def test_an_event_is_followed_by_pressing_its_id(chromium: Browser, address: str, ward: Ward) -> None:
    heard = opened(CLIENT)
    await ward.hears(heard, opened(uuid4()))
    page, seen = await as_otto(await chromium.new_context(), address)
    await page.click(f"#said a[href*='{heard.id}']")
    assert page.url == f"{address}/ops?find={heard.id}#way"
    assert await page.locator("#said tbody tr").count() == 1
    assert await page.locator("#heard tbody tr").count() == 1
    await page.fill("#find", "Margaret")
    await page.press("#find", "Enter")
    assert "An id is a UUID" in await page.inner_text("main")
    assert not seen.complaints


async def test_on_a_telephone_the_page_does_not_scroll_sideways(chromium: Browser, address: str, ward: Ward) -> None:
    await ward.hears(opened(CLIENT), opened(uuid4(), referral=ILL))
    context = await chromium.new_context(viewport={"width": 375, "height": 700})
    page, _ = await as_otto(context, address)
    assert await page.evaluate("() => document.documentElement.scrollWidth") <= 375
