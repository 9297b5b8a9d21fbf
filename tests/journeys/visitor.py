"""Somebody at a browser, and what must hold of every page that they see."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Page, Response

from tests.browser import Seen
from tests.eventually import eventually
from tests.journeys.local_run import LocalRun

_NAMES = {"otto": "Otto Operations", "kay": "Kay Keyworker", "rory": "Rory Recoverychampion"}
PHONE = {"width": 320, "height": 740}
_CHECKS = """() => {
  const ours = (one) => !one.closest('#api'); // what Swagger UI makes of itself is not
  const all = (selector) => [...document.querySelectorAll(selector)].filter(ours);
  const named = (one) => one.textContent.trim() || one.getAttribute('aria-label');
  const labelled = (one) => one.labels.length > 0 || one.getAttribute('aria-label');
  const skip = document.querySelector('a.nhsuk-skip-link');
  const ids = all('[id]').map((one) => one.id);
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    skips: skip !== null && document.querySelector(skip.getAttribute('href')) !== null,
    mains: all('main').length,
    twice: ids.filter((id, nth) => ids.indexOf(id) !== nth),
    nameless: all('main a, main button').filter((one) => !named(one)).length,
    unlabelled: all('main input:not([type=hidden]), main select, main textarea').filter((one) => !labelled(one)).length,
    unscoped: all('main th:not([scope])').length,
  };
}"""
_SOUND = {"lang": "en", "headings": 1, "skips": True, "mains": 1, "twice": []} | dict.fromkeys(
    ("nameless", "unlabelled", "unscoped"), 0
)
_CUT_OFF = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
  .filter((one) => !one.closest('.nhsuk-u-visually-hidden, .nhsuk-skip-link, .nhsuk-table__head, svg'))
  .map((one) => one.outerHTML.slice(0, 80))"""


@dataclass
class Visitor:
    """`seen` gathers what the browser complains of, over all pages."""

    run: LocalRun
    page: Page
    seen: Seen = field(default_factory=Seen)

    async def opens(self, service: str, path: str = "/ops") -> Response:
        answer = await self.page.goto(self.run.url(service) + path)
        assert answer is not None
        return answer

    async def signs_in(self, service: str, as_: str = "otto", path: str = "/ops") -> None:
        """Arrives where they wanted to go."""
        await self.opens(service, path)
        await self.page.click(f"text={_NAMES[as_]}")
        await self.page.wait_for_url(self.run.url(service) + path)

    async def reads(self, selector: str = "main") -> str:
        await self.page.wait_for_load_state()
        return await self.page.inner_text(selector)

    async def presses(self, text: str) -> None:
        """A button or a link whose text begins so."""
        await self.page.click(f"button:has-text('{text}'), main a:has-text('{text}')")

    async def is_content(self) -> None:
        """The page can be used by anybody, and the browser had nothing to complain of."""
        await self.page.wait_for_load_state()
        found: dict[str, Any] = await self.page.evaluate(_CHECKS)
        title = found.pop("title")
        assert title.endswith(("Famalink referrals", "Famalink journal", "Famalink reminders")), title
        assert (self.page.url, found) == (self.page.url, _SOUND)
        assert (self.page.url, self.seen) == (self.page.url, Seen())

    async def sees_it_whole_on_a_phone(self) -> None:
        await self.page.wait_for_load_state()
        before = self.page.viewport_size
        await self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        with suppress(AssertionError):  # said below, with what is cut off
            await eventually(self._is_whole, within=5)  # the header's script folds its menu a moment later
        assert await self.page.evaluate(_CUT_OFF) == [], self.page.url
        if before is not None:
            await self.page.set_viewport_size(before)

    async def _is_whole(self) -> bool:
        cut_off: list[str] = await self.page.evaluate(_CUT_OFF)
        return not cut_off


async def visitor(run: LocalRun, browser: Browser, **context: Any) -> Visitor:  # noqa: ANN401 - playwright's own
    page = await (await browser.new_context(**context)).new_page()
    arrived = Visitor(run, page)
    arrived.seen.watch(page)
    return arrived
