"""Sign-in as a real browser does it: forms, redirects, cookies, and a content security policy that it enforces."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.browser import Seen
from tests.integration.sign_in_builder import (
    DevelopmentSignIn,
    served,
    signing_in,
    small_service,
)

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def address(
    provider: DevelopmentSignIn, master: MasterKeys, database: Database, tmp_path: Path
) -> AsyncIterator[str]:
    port = free_port()
    async with served(small_service(signing_in(provider.issuer, port, tmp_path), master, database), port):
        yield f"http://localhost:{port}"


async def test_signing_in_and_out_by_pressing_things(chromium: Browser, address: str) -> None:
    page, seen = await chromium.new_page(), Seen()
    seen.watch(page)
    await page.goto(f"{address}/signed-out")
    await page.click("text=Sign in again")
    await page.click("text=Kay Keyworker")
    await page.goto(f"{address}/docs")
    assert "Kay Keyworker (X99)" in await page.inner_text("header")
    await page.click("text=Sign out")
    await page.wait_for_url(f"{address}/signed-out")
    assert "Kay" not in await page.inner_text("body")
    assert not seen.complaints
    assert not seen.elsewhere


async def test_it_all_works_without_javascript(chromium: Browser, address: str) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{address}/clients")
    await page.click("text=Kay Keyworker")
    assert page.url == f"{address}/clients"
    await page.goto(f"{address}/docs")
    await page.click("text=Sign out")
    assert page.url == f"{address}/signed-out"


async def test_the_api_can_be_read_and_tried(chromium: Browser, address: str) -> None:
    page, seen = await chromium.new_page(), Seen()
    seen.watch(page)
    await page.goto(f"{address}/sign-in?return_to=/docs")
    await page.click("text=Kay Keyworker")
    await page.click(".opblock-summary-path:has-text('/clients')")
    await page.click("text=Try it out")
    await page.click("button:has-text('Execute')")
    answer = await page.wait_for_selector(".live-responses-table .response-col_status:has-text('200')")
    assert answer is not None
    assert not seen.complaints
    assert not seen.elsewhere


async def test_a_page_on_another_port_cannot_use_the_cookie(chromium: Browser, address: str) -> None:
    """Same site, so the browser sends the cookie along; the form is refused all the same."""

    async def trap(_: Request) -> Response:
        return HTMLResponse(f'<form action="{address}/sign-out" method="post"><button>Win a prize</button></form>')

    page, port = await chromium.new_page(), free_port()
    await page.goto(f"{address}/clients")
    await page.click("text=Kay Keyworker")
    async with served(Starlette(routes=[Route("/", trap)]), port):
        await page.goto(f"http://localhost:{port}/")
        async with page.expect_response(f"{address}/sign-out") as refused:
            await page.click("text=Win a prize")
    assert (await refused.value).status == 403
    assert "famalink_journal=" in (await (await refused.value).request.all_headers())["cookie"]
    await page.goto(f"{address}/clients")
    assert "person:kay" in await page.inner_text("body")


async def test_an_injected_script_does_not_run(chromium: Browser, address: str) -> None:
    page = await chromium.new_page()
    await page.goto(f"{address}/signed-out")
    await page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = true';"
        " document.body.append(s); }"
    )
    assert await page.evaluate("() => window.ran") is None


async def test_pages_speak_no_font_of_elsewhere_and_the_skip_link_comes_first(chromium: Browser, address: str) -> None:
    page = await chromium.new_page()
    await page.goto(f"{address}/signed-out")
    await page.keyboard.press("Tab")
    assert await page.evaluate("() => document.activeElement.textContent.trim()") == "Skip to main content"
    assert "Frutiger" not in await page.evaluate("() => getComputedStyle(document.body).fontFamily")
