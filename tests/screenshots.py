"""`make screenshots`: pictures of the main pages, of a local run that has its demo data, for `docs/screenshots`."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from deploy.local.sign_in.people import PEOPLE
from shared.cli.settings import Settings, read
from tests.browser import CHROMIUM, QUIET

FOLDER = Path("docs/screenshots")
SIZES = {"desktop": (1200, 850), "phone": (390, 844)}
"""Width and height in pixels, of which the width stays and the page is shown whole, up to two heights."""
_MOST = 2


@dataclass(frozen=True, slots=True)
class Shot:
    """`path` may name a story of the demo: `/clients/{jay}` is Jo Jay's referral."""

    name: str
    caption: str
    person: str
    path: str
    service: str = "referrals"
    sizes: Sequence[str] = ("desktop",)


SHOTS = (
    Shot("today", "A keyworker's day", "kay", "/", sizes=("desktop", "phone")),
    Shot("caseload", "The caseload", "kay", "/clients"),
    Shot("client", "Somebody who went to another meeting than planned", "kay", "/clients/{jay}"),
    Shot("client-company", "Somebody with company to a meeting", "kay", "/clients/{starling}", sizes=("phone",)),
    Shot(
        "client-returns", "Somebody who is back after two years", "kay", "/clients/{goldcrest-again}", sizes=("phone",)
    ),
    Shot("client-release", "Somebody who is about to leave prison", "kay", "/clients/{ruff}"),
    Shot(
        "session",
        "A session: one page, in any order",
        "kay",
        "/clients/{avocet}/sessions/new",
        sizes=("desktop", "phone"),
    ),
    Shot("choosing", "Choosing a meeting", "kay", "/clients/{avocet}/meetings", sizes=("desktop", "phone")),
    Shot(
        "company",
        "A recovery champion: who would like somebody to go with",
        "rory",
        "/company",
        sizes=("desktop", "phone"),
    ),
    Shot("peers", "The list of peer supporters", "rory", "/company/peers"),
    Shot("meetings", "Meetings that a person should confirm, by area and owner", "kay", "/meetings"),
    Shot("handouts", "The hand-outs", "kay", "/handouts"),
    Shot("opening", "A new referral", "kay", "/clients/new"),
    Shot("team", "A team lead: who has how many clients, and who looked from outside", "tess", "/team?team=north"),
    Shot(
        "directory",
        "Operations: lists of meetings, where they come from, what waits for a person",
        "otto",
        "/ops/directory",
    ),
    Shot("operations", "Operations: health, the way of events, what is stuck", "otto", "/ops"),
)


async def take(browser: Browser, settings: Settings, referrals: Mapping[str, str]) -> None:
    for person in dict.fromkeys(shot.person for shot in SHOTS):
        context = await browser.new_context()
        page = await context.new_page()
        for shot in (shot for shot in SHOTS if shot.person == person):
            await _open(page, settings.addresses[shot.service] + shot.path.format_map(referrals), person)
            for size in shot.sizes:
                await _picture(page, FOLDER / f"{shot.name}-{size}.png", *SIZES[size])
        await context.close()


async def _open(page: Page, url: str, person: str) -> None:
    await page.goto(url)
    if page.url != url:
        await page.click(f"text={PEOPLE[person].name}")
        await page.wait_for_url(url)
    answer = await page.goto(url)
    if answer is None or not answer.ok:
        sys.exit(f"{url} does not show what it should: {answer and answer.status}.")


async def _picture(page: Page, file: Path, width: int, height: int) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    whole = await page.evaluate("document.documentElement.scrollHeight")
    high = min(whole, _MOST * height)
    await page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": high})


def gallery() -> str:
    lines = ["# What it looks like", "", "Made by `make screenshots` from the demo data. All people are fictional."]
    for shot in SHOTS:
        lines += ["", f"## {shot.caption}", ""]
        lines += [f"![{shot.caption}, {size}]({shot.name}-{size}.png)" for size in shot.sizes]
    return "\n".join(lines) + "\n"


async def main() -> None:
    settings = read()
    referrals = json.loads(settings.demo.read_bytes())["referrals"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        await take(browser, settings, referrals)
        await browser.close()


if __name__ == "__main__":
    if not read().demo.exists():
        sys.exit("There is no local run with demo data: start it first (make run), then make screenshots.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
    (FOLDER / "README.md").write_text(gallery(), encoding="utf-8")
