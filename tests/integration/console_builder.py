"""The console in a browser: referrals on a real port, the development sign-in, and who looks at a page there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from playwright.async_api import Browser, BrowserContext, Page

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from services.referrals.app import create_app
from services.referrals.directory.store import listed
from shared.meetings import Meeting
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import new_master_file
from shared.service.settings import ServiceSettings
from shared.storage.database import Database
from tests.axe import barriers
from tests.browser import Seen
from tests.databases import databases_of
from tests.integration.referrals_builder import ROBIN
from tests.integration.sign_in_builder import served, signing_in

PHONE = {"width": 320, "height": 740}
"""As 1280 pixels are at 400 %."""
_NAMES = {
    "kay": "Kay Keyworker",
    "tess": "Tess Teamlead",
    "otto": "Otto Operations",
    "rory": "Rory Recoverychampion",
    "sam": "Sam South",
}

_FOCUSED = """() => {
  const at = document.activeElement;
  return (at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent).trim();
}"""
_IS_SEEN = """() => {
  const at = document.activeElement, ring = getComputedStyle(at), box = at.getBoundingClientRect();
  const ticked = at.matches('[type=checkbox], [type=radio]'); // their ring is drawn by the label
  const shows = ring.outlineStyle !== 'none' || ring.boxShadow !== 'none' || ticked;
  return shows && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


@dataclass
class Console:
    app: FastAPI
    address: str
    browser: Browser

    @property
    def database(self) -> Database:
        return self.app.state.database  # type: ignore[no-any-return]

    async def lists(self, *meetings: Meeting) -> None:
        async with self.database.work() as uow:
            await listed.put(uow.connection, meetings)

    async def stranger(self, **context: Any) -> "Desk":  # noqa: ANN401 - playwright's own
        """Somebody who has not signed in, with nothing in front of them yet."""
        made = await self.browser.new_context(**context)
        page, seen = await made.new_page(), Seen()
        seen.watch(page)
        return Desk(self, made, page, seen)

    async def arrives(self, who: str = "kay", **context: Any) -> "Desk":  # noqa: ANN401 - playwright's own
        desk = await self.stranger(**context)
        await desk.page.goto(f"{self.address}/")
        await desk.page.click(f"text={_NAMES[who]}")
        await desk.page.wait_for_url(f"{self.address}/")
        return desk


@dataclass
class Desk:
    """Somebody who has signed in, and the page in front of them."""

    console: Console
    context: BrowserContext
    page: Page
    seen: Seen

    async def opens(self, path: str) -> None:
        answer = await self.page.goto(self.console.address + path)
        assert answer is not None
        assert answer.status == 200, answer.status
        assert answer.headers["cache-control"] == "no-store"

    async def asks(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """At a JSON door, as a page of the service would."""
        address = self.console.address
        answer = await self.context.request.fetch(
            f"{address}/api{path}", method=method, data=body, headers={"Origin": address}
        )
        assert answer.ok, await answer.text()
        said: dict[str, Any] = await answer.json()
        return said

    async def refers(self, **changed: object) -> str:
        """Robin, or somebody like them; answers the referral's id."""
        return str((await self.asks("POST", "/referrals", ROBIN | changed))["referralId"])

    async def recorded(self, referral: str) -> list[dict[str, Any]]:
        """The sessions, as the JSON door shows them."""
        sessions: list[dict[str, Any]] = (await self.asks("GET", f"/referrals/{referral}"))["sessions"]
        return sessions

    async def reads(self, selector: str = "main") -> str:
        return await self.page.inner_text(selector)

    async def presses(self, text: str) -> None:
        """A button that is named so; the page that it leads to is there afterwards."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=text, exact=True).click()

    async def tabs_to(self, named: str) -> None:
        """With the keyboard alone: on to the next field, button or link whose name begins so, and seen to be there."""
        for _ in range(300):
            await self.page.keyboard.press("Tab")
            if str(await self.page.evaluate(_FOCUSED)).startswith(named):
                assert await self.page.evaluate(_IS_SEEN), named
                return
        raise AssertionError(f"{named} is not reached by Tab on {self.page.url}")

    async def keys(self, *named: str) -> None:
        """The last of these is pressed with Enter, those before it are ticked with the space bar."""
        for one in named[:-1]:
            await self.tabs_to(one)
            await self.page.keyboard.press("Space")
        await self.tabs_to(named[-1])
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def keeps_nobody_out(self) -> None:
        """axe finds nothing, at 400 % nothing scrolls sideways, and the browser has nothing to complain of."""
        found = await barriers(self.page)
        assert not found, (self.page.url, found)
        before = self.page.viewport_size
        await self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        # The header moves what no longer fits into its menu a moment after the window has become narrow.
        laid_out = "() => new Promise((done) => setTimeout(() => done(document.documentElement.scrollWidth), 500))"
        width = await self.page.evaluate(laid_out)
        assert width <= PHONE["width"], (self.page.url, width)
        if before:
            await self.page.set_viewport_size(before)
        assert not self.seen.complaints, self.seen.complaints
        assert not self.seen.elsewhere, self.seen.elsewhere


@asynccontextmanager
async def console(postgres: EmbeddedPostgres, directory: Path, browser: Browser, issuer: str) -> AsyncIterator[Console]:
    """Nothing is published, and nothing is heard of the other services."""
    databases, port = databases_of("referrals", postgres), free_port()
    master = directory / "master.json"
    master.write_bytes(new_master_file())
    web = signing_in(issuer, port, directory, "referrals")
    app = create_app(ServiceSettings(web, KafkaSettings("localhost:1"), databases, master))
    database: Database = app.state.database
    await database.keys.open()
    await database.open()
    try:
        async with served(app, port, lifespan="off"):
            yield Console(app, f"http://localhost:{port}", browser)
    finally:
        await database.close()
        await database.keys.close()
