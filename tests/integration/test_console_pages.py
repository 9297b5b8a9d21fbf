"""Every page of the console about a client with something to show: for everybody, on anything, and losing nothing."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.console_builder import Console, Desk, console
from tests.integration.referrals_builder import days_ahead, meeting
from tests.integration.sign_in_builder import DevelopmentSignIn

pytestmark = [pytest.mark.slow]
AA, SMART = (
    meeting("Grange AA", 2, audience="both"),
    meeting("SMART on Thursdays", 4, organisation="smart-recovery", format="online"),
)
SESSION = {
    "stage": 2,
    "how": "phone",
    "handouts": [{"number": 1, "state": "given"}],
    "barriers": [{"kind": "money", "where": "Advice centre", "on": "2026-11-01"}],
    "goals": [{"kind": "choose-meeting"}],
}
OF_A_CLIENT = ("", "/attended", "/sessions/new", "/meetings", "/circumstances", "/identity", "/card", "/handover")
OF_NOBODY = (
    "/",
    "/?whose=team",
    "/clients",
    "/clients/new",
    "/clients/find",
    "/company",
    "/handouts",
    "/meetings",
    f"/meetings/{AA.meeting_id}",
    "/organisations",
)


@pytest.fixture
async def here(
    postgres: EmbeddedPostgres, tmp_path: Path, chromium: Browser, provider: DevelopmentSignIn
) -> AsyncIterator[Console]:
    async with console(postgres, tmp_path, chromium, provider.issuer) as started:
        await started.lists(AA, SMART)
        yield started


async def with_history(desk: Desk, for_: str = "self") -> str:
    month_ago = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    referral = await desk.refers(**{"for": for_, "openedAt": month_ago})
    at = f"/referrals/{referral}"
    held = await desk.asks("GET", at)
    met = {"organisation": "aa" if for_ == "self" else "al-anon", "level": "some", "perceptions": "Kind people."}
    session = SESSION | {"heldAt": held["openedAt"], "experience": [met | {"concerns": ["cost"]}]}
    await desk.asks("POST", f"{at}/sessions", session)
    day = days_ahead(2)
    await desk.asks("POST", f"{at}/commitments", {"meetingId": str(AA.meeting_id), "date": str(day)})
    over = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=-2)), "madeAt": month_ago}
    await desk.asks("POST", f"{at}/commitments", over)
    return referral


@pytest.mark.parametrize("path", OF_NOBODY)
async def test_every_page_keeps_nobody_out(here: Console, path: str) -> None:
    desk = await here.arrives()
    await with_history(desk)
    await desk.opens(path)
    await desk.keeps_nobody_out()


@pytest.mark.parametrize("for_", ["self", "family"])
async def test_every_page_about_a_client_keeps_nobody_out(here: Console, for_: str) -> None:
    desk = await here.arrives()
    referral = await with_history(desk, for_)
    shown = await desk.asks("GET", f"/referrals/{referral}")
    session, planned = shown["sessions"][0]["sessionId"], shown["commitments"][0]["commitmentId"]
    pages = (*OF_A_CLIENT, f"/sessions/{session}", f"/commitments/{planned}/company")
    for path in (*(f"/clients/{referral}{page}" for page in pages), f"/people/{shown['clientId']}"):
        await desk.opens(path)
        await desk.keeps_nobody_out()
        assert not {"robin", "9990548609"} & {*re.split(r"\W", desk.page.url.lower())}


@pytest.mark.parametrize("path", ["/", "/company", "/company/peers", "/company/peers/new"])
async def test_a_recovery_champions_page_keeps_nobody_out(here: Console, path: str) -> None:
    rory = await here.arrives("rory")
    await rory.opens(path)
    await rory.keeps_nobody_out()


async def test_the_team_leads_page_keeps_nobody_out(here: Console) -> None:
    await with_history(await here.arrives())
    tess = await here.arrives("tess")
    await tess.opens("/team")
    await tess.keeps_nobody_out()


async def test_the_way_to_operations_is_shown_to_who_may_go_there(here: Console) -> None:
    for who, shown in (("kay", False), ("otto", True)):
        desk = await here.arrives(who)
        assert ("Operations" in await desk.reads("footer")) is shown


async def test_the_page_that_asks_whether_a_client_has_died_keeps_nobody_out(here: Console) -> None:
    desk = await here.arrives()
    referral = await with_history(desk)
    await desk.opens(f"/clients/{referral}")
    await desk.page.click("summary:has-text('End this pathway')")
    await desk.page.check("[name=ending][value=died]")
    await desk.presses("End the pathway")
    await desk.keeps_nobody_out()
    await desk.presses("Note that they have died")
    await desk.keeps_nobody_out()


async def test_nothing_on_a_clients_pages_says_missed(here: Console) -> None:
    desk = await here.arrives()
    referral = await with_history(desk)
    for path in ("/", f"/clients/{referral}"):
        await desk.opens(path)
        text = (await desk.reads()).lower()
        assert "missed" not in text
        assert "dna" not in text.split()


async def test_a_refused_goal_is_told_at_its_field_and_stays_as_typed(here: Console) -> None:
    desk = await here.arrives()
    referral = await desk.refers()
    await desk.opens(f"/clients/{referral}")
    await desk.page.click("summary:has-text('Add a goal')")
    await desk.page.select_option("#kind", "own-words")
    await desk.page.fill("#due", "3")
    await desk.presses("Save the goal")
    assert (await desk.page.title()).startswith("Error: ")
    assert await desk.page.input_value("#due") == "3"
    await desk.keeps_nobody_out()


async def test_who_comes_second_on_a_clients_page_is_told_what_changed(here: Console) -> None:
    kay, tess = await here.arrives(), await here.arrives("tess")
    referral = await kay.refers()
    await kay.opens(f"/clients/{referral}")
    await tess.asks("POST", f"/referrals/{referral}/goals", {"kind": "keep-journal", "state": "agreed"})
    await kay.page.click("summary:has-text('Add a goal')")
    await kay.page.select_option("#kind", "own-words")
    await kay.page.fill("#words", "See my sister")
    await kay.presses("Save the goal")
    assert "Goal agreed" in await kay.reads("#meanwhile")
    assert await kay.page.input_value("#words") == "See my sister"
    await kay.keeps_nobody_out()
    await kay.presses("Save the goal")
    assert "See my sister" in await kay.reads()


async def test_a_returning_person_without_a_number_is_recognised_on_the_page(here: Console) -> None:
    desk = await here.arrives()
    first = await desk.refers(nhsNumber=None, name="Robin Onlyname")
    await desk.opens("/clients/new")
    await fills_in(desk, "Robin Onlyname", "3 2 1980", family=True)
    await desk.presses("Open the referral")
    await desk.keeps_nobody_out()
    await desk.page.get_by_label("It is this person: Robin Onlyname, born 3 February 1980").check()
    await desk.presses("Open the referral")

    referral = desk.page.url.split("/clients/")[1].split("?")[0]
    both = [(await desk.asks("GET", f"/referrals/{one}"))["clientId"] for one in (first, referral)]
    assert both[0] == both[1]


async def test_a_known_number_with_another_birth_date_is_no_dead_end(here: Console) -> None:
    desk = await here.arrives()
    await desk.refers()
    await desk.opens("/clients/new")
    await fills_in(desk, "Robin Example", "3 2 1981", family=True)
    await desk.page.fill("#nhsNumber", "9990548609")
    await desk.presses("Open the referral")
    await desk.page.get_by_label("It is this person: Robin Example, born 3 February 1980").check()
    await desk.presses("Open the referral")
    assert "Robin Example" in await desk.reads("h1")


async def fills_in(desk: Desk, name: str, born: str, *, family: bool) -> None:
    await desk.page.fill("#name", name)
    for part, value in zip(("day", "month", "year"), born.split(), strict=True):
        await desk.page.fill(f"[name=birthDate-{part}]", value)
    await desk.page.check(f"[name=for][value={'family' if family else 'self'}]")
    await desk.page.check("[name=forWhat][value=alcohol]")
