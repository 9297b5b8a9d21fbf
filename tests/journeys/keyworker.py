"""Kay at the console, in a browser: what a keyworker does with a client from one page to the next."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Browser

from deploy.local.demo.systems import SOURCE
from tests.fictional import nhs_number
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, lately_begun
from tests.journeys.visitor import Visitor, visitor

_ON_EVENTS = {"content-type": "application/cloudevents+json"}


@dataclass
class Keyworker:
    run: LocalRun
    at: Visitor

    async def refers(self, nth: int, name: str, for_: str = "self") -> str:
        """By the form for a new referral; answers the referral's id."""
        page = self.at.page
        await self.at.opens("referrals", "/clients/new")
        await page.fill("#name", name)
        for part, said in (("day", "3"), ("month", "4"), ("year", "1979")):
            await page.fill(f"[name=birthDate-{part}]", said)
        await page.fill("#nhsNumber", nhs_number(nth))
        await page.check(f"[name=for][value={for_}]")
        await page.check("[name=forWhat][value=alcohol]")
        await self.at.is_content()
        await self.at.presses("Open the referral")
        await page.wait_for_load_state()
        if await page.get_by_text("Go on to the client").count():
            await self.at.presses("Go on to the client")
        await page.wait_for_url("**/clients/*-*")
        return page.url.split("?")[0].rsplit("/", 1)[1]

    async def looks_at(self, referral: str, page: str = "") -> str:
        await self.at.opens("referrals", f"/clients/{referral}{page}")
        await self.at.is_content()
        return await self.at.reads()

    async def notes_a_session(self, referral: str, *chosen: str) -> None:
        """`chosen`: `name=value` of what is tapped on the page, its parts opened where they are closed."""
        await self.looks_at(referral, "/sessions/new")
        for each in chosen:
            name, _, value = each.partition("=")
            field = self.at.page.locator(f"[name='{name}'][value='{value}']")
            await field.evaluate(
                "(one) => { for (let at = one; at = at.closest('details:not([open])');) at.open = true; }"
            )
            await field.check()
        await self.at.presses("Save the session")
        assert "The session is saved." in await self.at.reads()

    async def plans_a_meeting(self, referral: str) -> str:
        """The first that is offered; answers what the page offered."""
        offered = await self.looks_at(referral, "/meetings")
        await self.at.page.locator("button[name=plan]").first.click()
        await self.at.page.wait_for_load_state()
        return offered


async def keyworker(run: LocalRun, browser: Browser) -> Keyworker:
    kay = await visitor(run, browser)
    await kay.signs_in("referrals", "kay", "/clients")
    return Keyworker(run, kay)


async def went_to_a_meeting(run: LocalRun, referral: str) -> None:
    """One that began lately: a check-in app says so, as the client agreed that it may."""
    shown: dict[str, Any] = (await run.doors.call("kay", "GET", "referrals", f"/api/referrals/{referral}")).json()
    client = Newcomer(run, referral, shown["clientId"], "")
    meeting = lately_begun()
    await client.agrees(emitters=[SOURCE])
    made = datetime.now(UTC) - timedelta(hours=3)
    to = {"meetingId": str(meeting.meeting_id), "date": str(meeting.date), "madeAt": made.isoformat()}
    await client.post("/commitments", to)
    event, who = client.attended(meeting), "system:demo-emitter:attendance.write"
    await run.doors.call_until_known(who, "POST", "journal", "/events", json=event, headers=_ON_EVENTS)
