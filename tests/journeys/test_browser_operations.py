"""Scene: otto watches at the operations pages: an event on its way through the house, and what is stuck."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from playwright.async_api import Browser

from deploy.local.demo.systems import SOURCE
from tests.eventually import eventually
from tests.journeys.example import Example
from tests.journeys.intake import dead_letter, parked_for_good, put_on_intake
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, lately_begun
from tests.journeys.visitor import Visitor, visitor


@pytest.fixture
async def otto(run: LocalRun, chromium: Browser) -> AsyncIterator[Visitor]:
    arrived = await visitor(run, chromium)
    await arrived.signs_in("journal")
    yield arrived
    await arrived.is_content()


async def test_one_events_way_is_followed_through_all_services(otto: Visitor, example: Example) -> None:
    await otto.page.fill("#find", example.event_id)
    await otto.presses("Follow")
    assert "journal.attendance.recorded.v1" in await otto.reads("#said")
    await otto.page.click("p:has-text('On its way') a:has-text('referrals')")
    await otto.page.click("text=Otto Operations")
    assert "referrals.goal.achieved.v1" in await otto.reads("#said")
    assert "referrals.goal.achieved.v1" in await otto.reads("#heard")
    await otto.page.click("p:has-text('On its way') a:has-text('reminders')")
    await otto.page.click("text=Otto Operations")
    said = await otto.reads("#said")
    assert "reminders.message.planned.v1" in said
    assert "reminders.message.cancelled.v1" in said


async def test_a_parked_event_is_tried_again_and_discarded(run: LocalRun, otto: Visitor) -> None:
    seq = (await parked_for_good(run))["seq"]
    await otto.opens("journal")
    await otto.page.click(f"form[action='/ops/parked/{seq}/retry'] button")
    assert "It failed again" in await otto.reads("[role=status]")
    await otto.page.click(f"a[href='/ops/parked/{seq}/discard']")
    assert "Discard this event?" in await otto.reads()
    await otto.presses("Leave it parked")
    await otto.page.click(f"a[href='/ops/parked/{seq}/discard']")
    await otto.page.wait_for_url("**/discard")
    await otto.is_content()
    await otto.presses("Discard it for good")
    assert "It was discarded" in await otto.reads("[role=status]")
    assert await otto.page.locator(f"a[href='/ops/parked/{seq}/discard']").count() == 0


async def test_a_button_pressed_again_on_a_page_of_before_does_nothing_more(run: LocalRun, otto: Visitor) -> None:
    seq = (await parked_for_good(run))["seq"]
    await otto.opens("journal")
    another = await otto.page.context.new_page()
    await another.goto(f"{run.url('journal')}/ops/parked/{seq}/discard")
    await otto.page.click(f"a[href='/ops/parked/{seq}/discard']")
    await otto.presses("Discard it for good")
    await another.click("text=Discard it for good")
    assert "It was gone already" in await another.inner_text("[role=status]")
    await otto.page.go_back()
    assert "There is no such parked event" in await otto.reads()
    await otto.page.go_back()
    assert "Operations: journal" in await otto.reads()


async def test_a_dead_letter_is_told_of_and_tried_again(run: LocalRun, otto: Visitor) -> None:
    nonsense = Newcomer(run, "", str(uuid4()), "").attended(lately_begun(), SOURCE)
    nonsense["data"]["outcome"] = "yes"
    await put_on_intake(run, nonsense)
    letter = await eventually(lambda: dead_letter(run, "data.outcome"))
    await otto.opens("journal")
    assert "data.outcome" in await otto.reads()
    await otto.page.click(f"form[action='/ops/deadletters/{letter['id']}/replay'] button")
    assert "not taken this time either" in await otto.reads("[role=status]")
