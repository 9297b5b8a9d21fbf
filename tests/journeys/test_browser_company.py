"""Scene: somebody to go with, from the keyworker's asking by way of a telephone to falling through and anew."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser

from tests.axe import barriers
from tests.journeys.keyworker import Keyworker, keyworker
from tests.journeys.local_run import LocalRun
from tests.journeys.visitor import PHONE, Visitor, visitor

NUMBER = 5_011
"""Of this scene's client; the console's scenes count from 5,001."""
THEIRS = "07700 900444"
CLIENTS = "07700 900555"


@pytest.fixture
async def kay(run: LocalRun, chromium: Browser) -> Keyworker:
    return await keyworker(run, chromium)


@pytest.fixture
async def rory(run: LocalRun, chromium: Browser) -> Visitor:
    champion = await visitor(run, chromium)
    await champion.signs_in("referrals", "rory", "/company")
    return champion


async def test_somebody_to_go_with(run: LocalRun, chromium: Browser, kay: Keyworker, rory: Visitor) -> None:
    referral = await kay.refers(NUMBER, "Gale Goeswith")
    await _plans_a_meeting_in_two_days(kay, referral)
    company = await _asks(kay, referral)
    await _lists(rory, "Marlow", THEIRS)
    link = await _offers(rory, company, "Ask Marlow")
    assert "somebody has been asked" in await kay.looks_at(referral)
    assert "Marlow" not in await kay.at.reads()

    marlow = await visitor(run, chromium, viewport=PHONE, is_mobile=True, has_touch=True)
    before = await _opens(marlow, link)
    assert "Hello Marlow, can you come along?" in before
    assert [word for word in ("Gale", CLIENTS, "Famalink", "Anonymous", "SMART") if word in before] == []
    assert "You are going with Gale." in await _answers(marlow, "Yes, I can come")
    assert CLIENTS in await marlow.reads()
    assert f"somebody goes along\nMarlow, {THEIRS}" in await kay.looks_at(referral)

    await _opens(marlow, link)
    after = await _answers(marlow, "come after all")
    assert "Thank you for saying so" in after
    assert [word for word in ("Gale", CLIENTS) if word in after] == []
    await kay.at.opens("referrals", "/")
    assert "Gale Goeswith: Someone to go with cannot come" in await kay.at.reads()
    text = await kay.looks_at(referral)
    assert "whoever was to come cannot; the meeting is still planned" in text
    assert "Plans to go" in text
    assert THEIRS not in text
    assert "Whoever was to come along cannot, or did not" in await kay.at.reads("#history + ol")

    anew = await _asks(kay, referral)
    assert anew != company
    await _lists(rory, "Linnet", "07700 900666")
    await _offers(rory, anew, "Ask ")  # whoever it is, it is not who cannot come
    await kay.at.opens("referrals", f"/company/{anew}")
    await kay.at.presses("They said yes")
    text = await kay.looks_at(referral)
    assert "somebody goes along" in text
    assert "cannot come:" not in text
    assert THEIRS not in text
    assert "Thank you for saying so" in await _opens(marlow, link)
    assert CLIENTS not in await marlow.reads()


async def _plans_a_meeting_in_two_days(kay: Keyworker, referral: str) -> None:
    await kay.looks_at(referral, "/meetings")
    day = (datetime.now(UTC) + timedelta(days=2)).strftime("%A")
    await kay.at.page.locator("details:has([name=day])").evaluate("(closed) => { closed.open = true; }")
    await kay.at.page.check("[name=format][value=in-person]")
    await kay.at.page.check(f"[name=day][value={day.lower()}]")
    await kay.at.presses("Show meetings")
    await kay.at.presses("Plan ")
    assert "Plans to go" in await kay.at.reads()


async def _asks(kay: Keyworker, referral: str) -> str:
    """For the meeting that is planned; answers the id of what is asked for."""
    await kay.looks_at(referral)
    await kay.at.presses("Ask for somebody")
    await kay.at.is_content()
    await kay.at.page.fill("#firstName", "Gale")
    await kay.at.page.fill("#contact", CLIENTS)
    await kay.at.presses("Ask for somebody")
    assert "asked for, to be arranged" in await kay.at.reads()
    href = await kay.at.page.get_attribute("a:has-text('Arrange it')", "href")
    assert href is not None
    return href.rsplit("/", 1)[1]


async def _lists(rory: Visitor, known_as: str, phone: str) -> None:
    await rory.opens("referrals", "/company/peers/new")
    typed = {"name": f"{known_as} Wren", "knownAs": known_as, "phone": phone}
    agreed = {"agreedOn-day": "5", "agreedOn-month": "1", "agreedOn-year": "2026"}
    for field, said in (typed | agreed).items():
        await rory.page.fill(f"[name={field}]", said)
    await rory.page.check("[name=contact][value=phone]")
    await rory.page.check("[name=model][value=recovery-champion]")
    await rory.presses("Save")
    assert f"{known_as} Wren" in await rory.reads()


async def _offers(rory: Visitor, company: str, press: str) -> str:
    """From the list of requests; answers the link that is to be sent."""
    await rory.opens("referrals", "/company")
    await rory.page.click(f"a[href='/company/{company}']")
    await rory.is_content()
    assert "Gale" not in await rory.reads()
    await rory.presses(press)
    found = re.search(r"http://\S+/answer/\S+", await rory.page.input_value("#text"))
    assert found
    return found[0]


async def _opens(marlow: Visitor, link: str) -> str:
    await marlow.page.goto(link)
    return await _stands_there(marlow)


async def _answers(marlow: Visitor, text: str) -> str:
    async with marlow.page.expect_navigation():
        await marlow.page.get_by_role("button", name=text).tap()
    return await _stands_there(marlow)


async def _stands_there(marlow: Visitor) -> str:
    """What a telephone shows, whole and for anybody."""
    text = await marlow.reads()
    assert await barriers(marlow.page) == []
    await marlow.sees_it_whole_on_a_phone()
    return text
