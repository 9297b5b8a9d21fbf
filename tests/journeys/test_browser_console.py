"""Scenes at the console: from opening to engaged, who never goes, a family member, a return after two years."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser

from tests.eventually import eventually
from tests.fictional import nhs_number
from tests.journeys.keyworker import Keyworker, keyworker, went_to_a_meeting
from tests.journeys.local_run import LocalRun

FIRST = 5_001
"""Numbers of these scenes' clients; the other journeys count from one."""


@pytest.fixture
async def kay(run: LocalRun, chromium: Browser) -> Keyworker:
    return await keyworker(run, chromium)


async def test_from_opening_to_engaged(run: LocalRun, kay: Keyworker) -> None:
    referral = await kay.refers(FIRST, "Ellis Engaged")
    assert "Stage 1: Introducing mutual aid" in await kay.looks_at(referral)
    await kay.notes_a_session(referral, "how=in-person", "level-aa=none", "handouts-all=given", "goals=read-handouts")
    await kay.notes_a_session(referral, "how=in-person", "concerns=going-alone", "handouts-5=talked-through")
    assert "No meeting has been committed to yet." in await kay.looks_at(referral)
    await kay.plans_a_meeting(referral)
    assert "Plans to go" in await kay.looks_at(referral)
    await went_to_a_meeting(run, referral)

    async def it_is_known() -> bool:
        await kay.looks_at(referral)
        return await kay.at.page.locator(".nhsuk-tag--green", has_text="Went").count() > 0

    await eventually(it_is_known)
    text = await kay.looks_at(referral)
    assert "Suggested next: Stage 3: Taking an interest" in text
    assert "1 attended" in text
    assert "Achieved" in text
    await kay.notes_a_session(referral, "how=phone", "takingPart-aa=home-group", "goals=swap-numbers")
    await kay.looks_at(referral)
    await kay.at.page.click("summary:has-text('End this pathway')")
    await kay.at.page.check("[name=ending][value=engaged]")
    await kay.at.presses("End the pathway")
    assert "Engaged with mutual aid" in await kay.at.reads()
    await kay.at.sees_it_whole_on_a_phone()


async def test_a_client_who_never_goes(kay: Keyworker) -> None:
    referral = await kay.refers(FIRST + 1, "Noor Nevergoes")
    await kay.notes_a_session(referral, "level-aa=some", "concerns=talk-of-god", "goals=choose-meeting")
    await kay.notes_a_session(referral, "how=phone")
    text = await kay.looks_at(referral)
    assert "Suggested next: Stage 2" in text
    assert await kay.at.page.locator("#goals + ul .nhsuk-tag").all_inner_texts() == ["Agreed"]
    await kay.plans_a_meeting(referral)
    await kay.looks_at(referral)
    await kay.at.presses("No longer planned")
    assert "The meeting is no longer planned." in await kay.at.reads()
    await kay.at.page.click("summary:has-text('End this pathway')")
    await kay.at.page.check("[name=ending][value=not-at-this-time]")
    await kay.at.presses("End the pathway")
    text = await kay.looks_at(referral)
    assert "Not at this time: the client's decision" in text
    assert "missed" not in text.lower()
    assert "Resting" in text
    await kay.at.presses("Open it again")
    await kay.notes_a_session(referral, "stage=2")
    assert "Resting" not in await kay.looks_at(referral)


async def test_a_family_member(kay: Keyworker) -> None:
    referral = await kay.refers(FIRST + 2, "Fran Family", "family")
    pages = [await kay.looks_at(referral, page) for page in ("", "/sessions/new")]
    await kay.notes_a_session(referral, "level-al-anon=none", "concerns=boundaries", "handouts-2=talked-through")
    pages += [await kay.looks_at(referral), await kay.plans_a_meeting(referral), await kay.looks_at(referral)]
    assert "As family or friend" in pages[0]
    assert "Al-Anon" in pages[3]
    for text in pages:
        for own in ("relapse", "lapse", "Alcoholics Anonymous", "Severe dependence", "withdrawal"):
            assert own not in text, own


async def test_a_return_after_two_years(run: LocalRun, kay: Keyworker) -> None:
    ago = datetime.now(UTC) - timedelta(days=2 * 365)
    at = [(ago + timedelta(days=days)).isoformat() for days in (0, 1, 30)]
    who = {"name": "Rory Return", "birthDate": "1979-04-03", "nhsNumber": nhs_number(FIRST + 3)}
    body = {**who, "for": "self", "forWhat": ["alcohol"], "timeZone": "Europe/London", "openedAt": at[0]}
    doors = run.doors
    earlier = (await doors.call("kay", "POST", "referrals", "/api/referrals", json=body)).json()["referralId"]
    there = f"/api/referrals/{earlier}"
    session = {
        "stage": 3,
        "heldAt": at[1],
        "experience": [{"organisation": "aa", "level": "regular"}],
        "goals": [{"kind": "home-group"}],
    }
    held = (await doors.call("kay", "POST", "referrals", f"{there}/sessions", json=session)).json()
    assert held
    await doors.call("kay", "POST", "referrals", f"{there}/ending", json={"kind": "engaged", "at": at[2]})
    referral = await kay.refers(FIRST + 3, "Rory Return")
    assert referral != earlier
    text = await kay.looks_at(referral)
    assert "Alcoholics Anonymous: went regularly" in text
    assert "stage 2 may start at once" in text
    assert "0 attended, 0 not attended, 0 not known" in text
    assert "No goal is agreed yet." in text
    assert "Known so far: Went regularly" in await kay.looks_at(referral, "/sessions/new")
    await kay.notes_a_session(referral, "level-aa=years-then-relapse")
    assert "Stage 2: Encouraging the client to engage." in await kay.looks_at(referral)
    await kay.at.page.click("a:has-text('For themselves, opened')")
    await kay.at.is_content()
    assert "Engaged with mutual aid" in await kay.at.reads()
    assert "Dropped" in await kay.at.reads("#goals ~ ul")
