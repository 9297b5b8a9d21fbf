"""`/ops/directory` in a real browser: a file is brought, with a bar that shows how much of it was sent, or without."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deploy.local.postgres import EmbeddedPostgres
from tests.browser import Seen
from tests.integration.console_builder import Console, Desk, console
from tests.integration.directory_builder import as_csv, listed, ten
from tests.integration.sign_in_builder import DevelopmentSignIn

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def open_console(
    postgres: EmbeddedPostgres, tmp_path: Path, chromium: Browser, provider: DevelopmentSignIn
) -> AsyncIterator[Console]:
    async with console(postgres, tmp_path, chromium, provider.issuer) as opened:
        yield opened


async def otto(opened: Console, *, javascript: bool) -> Desk:
    made = await opened.browser.new_context(java_script_enabled=javascript)
    page, seen = await made.new_page(), Seen()
    seen.watch(page)
    await page.goto(f"{opened.address}/ops/directory")
    await page.click("text=Otto Operations")
    await page.wait_for_url(f"{opened.address}/ops/directory")
    return Desk(opened, made, page, seen)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_a_file_is_brought_and_what_came_of_it_is_read(
    open_console: Console, tmp_path: Path, javascript: bool
) -> None:
    desk = await otto(open_console, javascript=javascript)
    if javascript:
        await desk.keeps_nobody_out()
    file = tmp_path / "list.csv"
    file.write_bytes(as_csv(*ten(), listed("Odd", weekday="Someday")))
    await desk.presses("Import") if not javascript else await desk.page.click("button:has-text('Import') >> nth=-1")
    await desk.page.wait_for_selector("text=Choose the file with the list.")
    desk.seen.complaints.clear()  # a browser notes that the answer to a script was 422, which was asked for
    await desk.page.fill("#feed", "town")
    await desk.page.set_input_files("input[type=file][name=file]", file)
    await desk.page.click("button:has-text('Import') >> nth=-1")
    await desk.page.wait_for_url("**/ops/directory?feed=town")
    assert "10 new, 0 changed, 0 unchanged, 0 gone, 1 refused." in await desk.reads("#came-of-it")
    file.write_bytes(as_csv(*ten()[:3]))
    await desk.page.fill("#feed", "town")
    await desk.page.set_input_files("input[type=file][name=file]", file)
    await desk.page.click("button:has-text('Import') >> nth=-1")
    await desk.page.wait_for_selector("#alert-town")
    assert "It has 3 meetings, 10 are listed" in await desk.reads("#alert-town")
    desk.seen.complaints.clear()  # as above: 409 was asked for
    if javascript:
        await desk.keeps_nobody_out()
    assert await desk.page.input_value("#feed") == "town"
    await desk.page.set_viewport_size({"width": 375, "height": 800})
    wide = await desk.page.evaluate("document.querySelector('main').scrollWidth")
    assert wide <= 375
    await desk.page.click("text=Leave the list as it is")
    await desk.page.wait_for_selector("text=The list stays as it is.")
    assert "No feed waits for anybody." in await desk.reads()
    assert not desk.seen.complaints


async def test_a_long_address_does_not_push_a_narrow_page_sideways(open_console: Console) -> None:
    desk = await otto(open_console, javascript=False)
    await desk.page.goto(f"{open_console.address}/ops/directory/sources/new")
    typed = {"feed": "town", "url": f"https://lists.example/{'x' * 200}.csv", "dailyAt": "04:30"}
    for name, value in (typed | {"area": "North", "owner": "Otto Example"}).items():
        await desk.page.fill(f"#{name}", value)
    await desk.page.click("button:has-text('Add it')")
    await desk.page.wait_for_url("**/ops/directory?said=added")
    await desk.page.set_viewport_size({"width": 375, "height": 800})
    await desk.page.wait_for_timeout(500)
    assert await desk.page.evaluate("document.documentElement.scrollWidth") <= 375
