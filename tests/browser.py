"""The Chromium that set-up installs, and what it complains of."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
async def one_chromium() -> AsyncIterator[Browser]:
    assert CHROMIUM, "Chromium is needed: `make setup-tests` installs it, or says what to install"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def chromium(one_chromium: Browser) -> AsyncIterator[Browser]:
    """The same for all tests; what a test opened is closed after it."""
    yield one_chromium
    for context in one_chromium.contexts:
        await context.close()


@dataclass
class Seen:
    """What went wrong on a page (a script, the content security policy…), and what it loaded from elsewhere."""

    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda sent: None if "//localhost:" in sent.url else self.elsewhere.append(sent.url))

    def _hear(self, said: ConsoleMessage) -> None:
        """That a page is answered with an error, which a test may have asked for, is nothing to complain of."""
        of_the_page = said.page is not None and said.location["url"] == said.page.url
        if said.type in ("error", "warning") and not of_the_page:
            self.complaints.append(said.text)
