"""A session on one page, in a real browser: a few taps, any order, kept as it is written, nothing lost."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.console_builder import Console, Desk, console
from tests.integration.sign_in_builder import DevelopmentSignIn

pytestmark = [pytest.mark.slow]


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


async def test_untouched_means_not_recorded(here: Console) -> None:
    desk, referral = await at_a_session(here)
    await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    (session,) = await desk.recorded(referral)
    assert (session["stage"], session["how"], session["needs"]) == (1, None, None)
    assert {"how", "present", "handouts", "experience", "concerns", "needs", "risks"} <= {*session["notRecorded"]}


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_what_is_written_is_kept_until_it_is_saved(here: Console, javascript: bool) -> None:
    desk = await here.arrives(java_script_enabled=javascript)
    referral = await desk.refers()
    await desk.opens(f"/clients/{referral}/sessions/new")
    await desk.page.check("text=By phone")
    if javascript:
        await expect(desk.page.locator("[data-kept]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    else:
        await desk.presses("Save for now")
        assert re.search(r"Saved \d\d:\d\d", await desk.reads("[data-kept]"))
    assert await desk.recorded(referral) == []
    await desk.opens(f"/clients/{referral}/sessions/new")
    assert await desk.page.is_checked("text=By phone")
    if javascript:
        await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    assert [session["how"] for session in await desk.recorded(referral)] == ["phone"]
    await desk.opens(f"/clients/{referral}/sessions/new")
    assert not await desk.page.is_checked("text=By phone")
    assert not desk.seen.complaints


async def test_what_two_people_write_is_kept_apart(here: Console) -> None:
    kay, referral = await at_a_session(here)
    await kay.page.check("text=By phone")
    await kay.presses("Save for now")
    tess = await here.arrives("tess")
    await tess.opens(f"/clients/{referral}/sessions/new")
    assert "A colleague has begun to write down a session" in await tess.reads()
    assert not await tess.page.is_checked("text=By phone")
    await tess.page.check("text=By video")
    await tess.presses("Save for now")
    for path in ("/", f"/clients/{referral}"):
        await tess.opens(path)
        assert (await tess.reads()).count("last saved on") == 1
    await kay.opens(f"/clients/{referral}/sessions/new")
    assert await kay.page.is_checked("text=By phone")
    await kay.presses("Throw away what is not yet in the record")
    await kay.opens(f"/clients/{referral}/sessions/new")
    assert not await kay.page.is_checked("text=By phone")
    await tess.opens(f"/clients/{referral}/sessions/new")
    assert await tess.page.is_checked("text=By video")


async def test_a_session_that_was_begun_is_carried_on_from_todays_or_the_clients_page(here: Console) -> None:
    desk, referral = await at_a_session(here)
    await desk.page.check("text=By phone")
    await desk.presses("Save for now")
    for path, link in (("/", "Carry on with the session of Robin Example"), (f"/clients/{referral}", "Carry on")):
        await desk.opens(path)
        assert "last saved on" in await desk.reads()
        await desk.keeps_nobody_out()
        await desk.page.get_by_role("link", name=link).click()
        await desk.page.wait_for_url("**/sessions/*")
        assert await desk.page.is_checked("text=By phone")
    await desk.opens(f"/clients/{referral}")
    await desk.presses("Throw it away")
    assert "What was kept of the session is gone." in await desk.reads()
    for path in ("/", f"/clients/{referral}"):
        await desk.opens(path)
        assert "last saved on" not in await desk.reads()


async def test_a_correction_that_was_begun_says_so(here: Console) -> None:
    desk, referral = await at_a_session(here)
    await desk.presses("Save the session")
    (session,) = await desk.recorded(referral)
    await desk.opens(f"/clients/{referral}/sessions/{session['sessionId']}")
    await desk.presses("Save for now")
    await desk.opens(f"/clients/{referral}")
    assert "You began to correct a session." in await desk.reads()
    await desk.opens("/")
    assert "a correction, last saved on" in await desk.reads()


async def test_who_comes_second_is_told_what_changed_and_loses_nothing(here: Console) -> None:
    kay, referral = await at_a_session(here)
    await kay.page.check("#concerns-talk-of-god")
    tess = await here.arrives("tess")
    await tess.asks("POST", f"/referrals/{referral}/goals", {"kind": "keep-journal", "state": "agreed"})
    await kay.presses("Save the session")
    assert (await kay.page.title()).startswith("Error: ")
    assert "Goal agreed" in await kay.reads("#meanwhile")
    assert await kay.page.is_checked("#concerns-talk-of-god")
    assert await kay.recorded(referral) == []
    await kay.keeps_nobody_out()
    await kay.presses("Save the session")
    assert [session["concerns"] for session in await kay.recorded(referral)] == [["talk-of-god"]]


async def test_a_session_saved_in_two_windows_has_what_was_ticked_in_either(here: Console) -> None:
    kay, referral = await at_a_session(here)
    await kay.page.check("#concerns-childcare")
    await kay.presses("Save for now")
    other = await here.arrives()
    await other.opens(f"/clients/{referral}/sessions/new")
    await other.page.check("#concerns-language")
    await kay.keeps_nobody_out()
    await kay.presses("Save the session")
    await other.presses("Save the session")
    assert "Stage 1 session held" in await other.reads("#meanwhile")
    assert await other.page.is_checked("#concerns-childcare")
    await other.keeps_nobody_out()
    await other.presses("Save the session")
    (session,) = await other.recorded(referral)
    assert set(session["concerns"]) == {"childcare", "language"}


async def test_two_who_correct_one_session_are_told_what_the_other_wrote_and_neither_loses_a_word(
    here: Console,
) -> None:
    kay, referral = await at_a_session(here)
    await kay.page.check("text=By phone")
    await kay.keeps_nobody_out()
    await kay.presses("Save the session")
    (session,) = await kay.recorded(referral)
    tess = await here.arrives("tess")
    for desk in (kay, tess):
        await desk.opens(f"/clients/{referral}/sessions/{session['sessionId']}")
    await kay.page.check("#concerns-talk-of-god")
    await kay.presses("Save the session")
    await tess.page.check("text=By video")
    await tess.presses("Save the session")
    assert "Concerns raised: Talk of God" in await tess.reads("#meanwhile")
    await tess.keeps_nobody_out()
    await tess.presses("Save the session")
    (session,) = await tess.recorded(referral)
    assert (session["how"], session["concerns"]) == ("video", ["talk-of-god"])


async def test_a_refusal_is_at_its_field_and_what_was_typed_stays(here: Console) -> None:
    desk, referral = await at_a_session(here)
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    for part, said in (("-day", tomorrow.day), ("-month", tomorrow.month), ("-year", tomorrow.year)):
        await desk.page.fill(f"[name='heldAt{part}']", str(said))
    await desk.page.click("summary:has-text('Other goals')")
    await desk.page.fill("[name='goals-words']", "See my sister")
    await desk.presses("Save the session")
    assert (await desk.page.title()).startswith("Error: ")
    assert "has not happened yet" in await desk.reads(".nhsuk-error-summary")
    assert "has not happened yet" in await desk.reads("#heldAt-date-error")
    assert await desk.page.input_value("[name='goals-words']") == "See my sister"
    await desk.keeps_nobody_out()
    await desk.page.click(".nhsuk-error-summary a")
    assert await desk.page.evaluate("() => document.activeElement.name") == "heldAt-day"
    assert await desk.recorded(referral) == []


async def test_a_second_press_is_harmless(here: Console) -> None:
    desk = await here.arrives(java_script_enabled=False)
    referral = await desk.refers()
    await desk.opens(f"/clients/{referral}/sessions/new")
    await desk.page.get_by_role("button", name="Save the session").dblclick()
    await expect(desk.page.get_by_text("The session is saved.")).to_be_visible()
    assert len(await desk.recorded(referral)) == 1


async def test_a_session_is_corrected_on_the_same_page(here: Console) -> None:
    desk, referral = await at_a_session(here)
    await desk.page.check("text=In person")
    await desk.presses("Save the session")
    (session,) = await desk.recorded(referral)
    await desk.opens(f"/clients/{referral}/sessions/{session['sessionId']}")
    assert await desk.page.is_checked("text=In person")
    await desk.page.check("text=By video")
    await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    (corrected,) = await desk.recorded(referral)
    assert corrected["how"] == "video"
    assert {**corrected, "how": None, "notRecorded": None} == {**session, "how": None, "notRecorded": None}


async def test_another_format_language_and_day_of_a_hand_out_are_entered_and_stay_in_a_correction(
    here: Console,
) -> None:
    desk, referral = await at_a_session(here)
    await desk.page.click("summary:has-text('Another format, language or day')")
    await desk.page.select_option("[name='handoutInRow-1-number']", "5")
    await desk.presses("Save the session")
    assert "Choose what was done with it." in await desk.reads("#handoutInRow-1-state-error")
    await desk.page.select_option("[name='handoutInRow-1-state']", "talked-through")
    await desk.page.select_option("[name='handoutInRow-1-format']", "easy-read")
    await desk.page.fill("[name='handoutInRow-1-language']", "Polish")
    for part, said in (("day", "3"), ("month", "11"), ("year", "2026")):
        await desk.page.fill(f"[name='handoutInRow-1-date-{part}']", said)
    await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    noted = {"number": 5, "state": "talked-through", "date": "2026-11-03", "format": "easy-read", "language": "Polish"}
    (session,) = await desk.recorded(referral)
    assert session["handouts"] == [noted]
    await desk.opens(f"/clients/{referral}/sessions/{session['sessionId']}")
    await desk.page.check("text=By video")
    await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    (corrected,) = await desk.recorded(referral)
    assert corrected["handouts"] == [noted]


async def test_each_goal_is_due_on_its_own_day(here: Console) -> None:
    desk, referral = await at_a_session(here)
    asked = desk.page.locator("[name='goals-due-choose-meeting-day']")
    await expect(asked).to_be_hidden()
    await desk.page.check("text=Think about which meeting to go to")
    await desk.page.check("text=Read the hand-outs")
    await expect(asked).to_be_visible()
    await asked.fill("40")
    await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    assert "Enter a date" in await desk.reads("#goals-due-choose-meeting-date-error")
    for part, said in (("day", "1"), ("month", "12"), ("year", "2036")):
        await desk.page.fill(f"[name='goals-due-choose-meeting-{part}']", said)
    await desk.keeps_nobody_out()
    await desk.presses("Save the session")
    shown = await desk.asks("GET", f"/referrals/{referral}")
    assert [(goal["kind"], goal.get("due")) for goal in shown["goals"]] == [
        ("read-handouts", None),
        ("choose-meeting", "2036-12-01"),
    ]


async def test_a_family_members_page_implies_no_use_of_their_own(here: Console) -> None:
    desk, _ = await at_a_session(here, **{"for": "family"})
    for part in await desk.page.locator("summary").all():
        await part.click()
    text = await desk.reads()
    assert "Al-Anon" in text
    for own in ("relapse", "lapse", "dependence", "Alcoholics Anonymous", "withdrawal", "Prescribed medicine"):
        assert own not in text, own
    await desk.keeps_nobody_out()


async def test_a_session_is_written_down_with_the_keyboard_alone(here: Console) -> None:
    desk, referral = await at_a_session(here)
    keys = desk.page.keyboard

    async def on_to(name: str, value: str = "") -> None:
        """Tab by tab; arrows and space do the rest, as in any form."""
        for _ in range(200):
            await keys.press("Tab")
            where = await desk.page.evaluate("() => [document.activeElement.name, document.activeElement.value]")
            if where[0] == name and (not value or where[1] == value):
                return
        raise AssertionError(f"{name} cannot be reached")

    await on_to("stage")
    await keys.press("ArrowDown")
    await on_to("how")
    await keys.press("ArrowDown")
    await on_to("concerns", "going-alone")
    await keys.press("Space")
    await keys.press("Tab")
    await keys.press("Enter")
    assert "We can look for someone to go with you." in await desk.reads()
    await on_to("goals", "choose-meeting")
    await keys.press("Space")
    async with desk.page.expect_navigation():
        await keys.press("Enter")
    (session,) = await desk.recorded(referral)
    assert (session["stage"], session["how"], session["concerns"]) == (2, "in-person", ["going-alone"])
