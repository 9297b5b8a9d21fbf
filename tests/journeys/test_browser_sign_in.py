"""Scene: people sign in through the development provider, get where they may go and nowhere else, and sign out."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from deploy.local.settings import SERVICES
from tests.journeys.local_run import LocalRun
from tests.journeys.visitor import visitor


@pytest.mark.parametrize("service", SERVICES)
async def test_who_signs_in_arrives_and_who_signs_out_is_gone(run: LocalRun, chromium: Browser, service: str) -> None:
    otto = await visitor(run, chromium)
    await otto.signs_in(service)
    assert f"Operations: {service}" in await otto.reads()
    assert "Otto Operations (X99)" in await otto.reads("header")
    await otto.presses("Sign out")
    assert "You have signed out" in await otto.reads()
    await otto.is_content()
    await otto.page.go_back()
    assert "Who do you want to be?" in await otto.reads()
    await otto.opens(service)
    assert "Who do you want to be?" in await otto.reads()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_keyworker_is_told_that_operations_is_not_for_them(
    run: LocalRun, chromium: Browser, service: str
) -> None:
    kay = await visitor(run, chromium)
    await kay.signs_in(service, as_="kay")
    refused = await kay.opens(service)
    assert refused.status == 403
    assert "This needs the role operations." in await kay.reads()
    assert "Sign out" in await kay.reads("header")
    await kay.is_content()


async def test_it_all_works_with_the_keyboard_alone(run: LocalRun, chromium: Browser) -> None:
    otto = await visitor(run, chromium)
    await otto.opens("journal")
    await _tab_to(otto.page, "Otto Operations")
    await otto.page.keyboard.press("Enter")
    await otto.page.wait_for_url(run.url("journal") + "/ops")
    await _tab_to(otto.page, "Skip to main content")
    await otto.page.keyboard.press("Enter")
    await _tab_to(otto.page, "referrals")
    await otto.page.focus("#find")
    await otto.page.keyboard.type("nobody")
    await otto.page.keyboard.press("Enter")
    await otto.page.wait_for_selector("#find-error")
    await otto.opens("journal")
    await _tab_to(otto.page, "Sign out")
    await otto.page.keyboard.press("Enter")
    await otto.page.wait_for_url(run.url("journal") + "/signed-out")


async def test_it_all_works_without_javascript(run: LocalRun, chromium: Browser) -> None:
    otto = await visitor(run, chromium, java_script_enabled=False)
    await otto.signs_in("reminders")
    await otto.page.fill("#find", "nobody")
    await otto.presses("Follow")
    assert "An id is a UUID" in await otto.reads()
    await otto.presses("Sign out")
    assert otto.page.url == f"{run.url('reminders')}/signed-out"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_page_from_elsewhere_cannot_press_our_buttons(run: LocalRun, chromium: Browser, host: str) -> None:
    """By another name it is another site; on another port it is the same, and the browser sends the cookie along."""
    otto = await visitor(run, chromium)
    await otto.signs_in("journal")
    for path in ("/sign-out", "/ops/parked/1/discard", "/ops/parked/1/retry"):
        async with _trap(run.url("journal") + path) as port:
            await otto.page.goto(f"http://{host}:{port}/")
            async with otto.page.expect_response(run.url("journal") + path) as answered:
                await otto.page.click("text=Win a prize")
        assert (await answered.value).status == (403 if host == "localhost" or path == "/sign-out" else 401)
    await otto.opens("journal")
    assert "Otto Operations" in await otto.reads("header")


@asynccontextmanager
async def _trap(to: str) -> AsyncIterator[int]:
    """Somebody else's page on a port of its own, with a button that presses ours."""
    page = f'<form action="{to}" method="post"><button>Win a prize</button></form>'

    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n{page}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def _tab_to(page: Page, text: str) -> None:
    """The next thing with that text that has the focus, by Tab alone; the focus can be seen."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        focused = await page.evaluate("() => document.activeElement.textContent.trim()")
        if str(focused).startswith(text):
            return
    raise AssertionError(f"{text} is not reached by Tab")
