"""A session on one page, in a real browser: a few taps, any order, kept as it is written, nothing lost."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.console_builder import Console, Desk, console
from tests.integration.sign_in_builder import DevelopmentSignIn, development_sign_in

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevelopmentSignIn]:
    with development_sign_in(tmp_path_factory.mktemp("provider")) as started:
        yield started


@pytest.fixture
async def here(
    postgres: EmbeddedPostgres, tmp_path: Path, chromium: Browser, provider: DevelopmentSignIn
) -> AsyncIterator[Console]:
    async with console(postgres, tmp_path, chromium, provider.issuer) as started:
        yield started


async def at_a_session(here: Console, **changed: object) -> tuple[Desk, str]:
    desk = await here.arrives()
    referral = await desk.refers(**changed)
    await desk.opens(f"/clients/{referral}/sessions/new")
    return desk, referral


async def test_the_first_session_takes_twelve_taps_at_most_and_no_typing(here: Console) -> None:
    desk = await here.arrives()
    referral = await desk.refers()
    await desk.opens(f"/clients/{referral}")
    taps = 0

    async def tap(role: str, name: str, nth: int = 0) -> None:
        nonlocal taps
        taps += 1
        await desk.page.get_by_role(role, name=name, exact=True).nth(nth).click()  # type: ignore[arg-type]

    await tap("link", "Note a session")
    await desk.page.wait_for_url("**/sessions/new*")
    await tap("radio", "In person")
    await desk.page.get_by_role("group", name="Alcoholics Anonymous").get_by_role("radio", name="Some").click()
    await desk.page.get_by_role("group", name="SMART Recovery").get_by_role("radio", name="None", exact=True).click()
    taps += 2
    await tap("checkbox", "Going alone")
    await tap("checkbox", "Talked through 1 and 2")
    await tap("checkbox", "Gave the client every hand-out and a journal")
    await tap("checkbox", "Asked: nothing is needed")
    await tap("checkbox", "Read the hand-outs")
    await tap("checkbox", "Think about which meeting to go to")
    await tap("checkbox", "Ask others about meetings they liked")
    await tap("button", "Save the session")
    await expect(desk.page.get_by_text("The session is saved.")).to_be_visible()
    assert taps <= 12
    (session,) = await desk.recorded(referral)
    assert (session["stage"], session["how"], session["concerns"]) == (1, "in-person", ["going-alone"])
    assert [(one["organisation"], one["level"]) for one in session["experience"]] == [
        ("aa", "some"),
        ("smart-recovery", "none"),
    ]
    assert [one["number"] for one in session["handouts"] if one["state"] == "given"] == list(range(1, 11))
    assert session["needs"]["largePrint"] is False
    assert not desk.seen.complaints
